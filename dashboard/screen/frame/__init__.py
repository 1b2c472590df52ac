"""What stands around every page: sidebar, cards, menus, work beside the page."""
