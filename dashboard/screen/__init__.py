"""What a person sees or presses; the only room with Streamlit beside the pages."""
