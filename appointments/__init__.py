"""SLICE: appointments: rotas, desk visits, home visits. Nothing here yet."""
