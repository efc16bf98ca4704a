"""The running application: navigation, background sync, undo, crash report."""
