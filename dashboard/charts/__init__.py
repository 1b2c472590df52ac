"""Pure drawing: a small frame in, a Plotly figure out; no Streamlit, no measures, no files."""
