"""The project manager's routine check of the plan and the work. Clause: 5.1.1."""
