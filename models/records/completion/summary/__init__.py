"""The project summary 项目总结: compiled from the records, with self-assessment. Clause: 6.1."""
