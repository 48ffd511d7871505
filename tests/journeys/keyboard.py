"""A person with a keyboard and nothing else: goes by Tab, chooses by arrows and the space bar, sends by Enter."""

FARTHEST = 250  # presses of Tab before somebody gives up


class Keyboard:
    """Works a page by its keys alone."""

    def __init__(self, page):
        self.page = page
        page.on("filechooser", lambda _: None)  # caught from the start: a dialog may slip past otherwise

    def go_to(self, selector):
        """Hold Tab until the element has the focus."""
        listed = self.page.locator(selector).first
        listed.wait_for()
        wanted = listed.element_handle()
        self._hold_tab(lambda: wanted.evaluate("element => document.activeElement === element"), selector)

    def write(self, selector, text):
        """Write into a field, in the place of what is there."""
        self.go_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def tick(self, selector):
        """Tick a box, where it is not ticked."""
        if not self.page.locator(selector).first.is_checked():
            self.go_to(selector)
            self.page.keyboard.press("Space")

    def choose(self, name, value):
        """Choose a radio button: Tab to the group, arrows to the button."""
        group = f'input[type="radio"][name="{name}"]'
        wanted = self.page.locator(f'{group}[value="{value}"]')
        self._enter_group(group, name)
        self.page.keyboard.press("Space")
        for _ in range(self.page.locator(group).count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked(), f"{name} cannot be set to {value} by keys"

    def pick(self, selector, value):
        """Pick an option of a list by the arrows."""
        self.go_to(selector)
        self.page.keyboard.press("Home")
        listed = self.page.locator(selector).first
        for _ in range(listed.locator("option").count()):
            if listed.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert listed.input_value() == value, f"{selector} cannot be set to {value} by keys"

    def unfold(self, selector, words):
        """Open what is folded away."""
        self.go_to(f'{selector}:has-text("{words}")')
        self.page.keyboard.press("Enter")

    def press(self, selector):
        """Press a button or follow a link, and wait for the page it leads to."""
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def hand_in(self, selector, *files):
        """Choose files, opening the dialog by the keyboard."""
        self.go_to(selector)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(files)

    def fetch(self, selector):
        """Download what a link leads to, and give its bytes."""
        self.go_to(selector)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        with open(download.value.path(), "rb") as kept:  # noqa: PTH123  # a path of the browser's
            return kept.read()

    def _enter_group(self, group, name):
        self._hold_tab(lambda: self.page.evaluate("name => document.activeElement.name === name", name), group)

    def _hold_tab(self, there, wanted):
        keys = self.page.keyboard
        try:
            for _ in range(FARTHEST):
                if there():
                    return
                keys.down("Tab")
                if self.page.evaluate("document.activeElement.matches('a.skip')"):  # at the top of a page
                    keys.press("Enter")
        finally:
            keys.up("Tab")
        raise AssertionError(f"{wanted} cannot be reached by Tab on {self.page.url}")
