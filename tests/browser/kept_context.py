"""A browser that stays open between tests: it forgets what they left, but needn't start anew."""

from playwright.sync_api import Browser, Page, ViewportSize


class KeptContext:
    """A context of `browser` for page after page of the server at `url`.

    A page of the server's that nobody looks at keeps alive the process that all of them share, with
    the code it has compiled: a page that opens there costs two thirds of one in a new context.
    """

    def __init__(self, browser: Browser, url: str, script: str) -> None:
        self._context = browser.new_context()
        self._keeper = self._context.new_page()
        self._keeper.goto(f"{url.rstrip('/')}/healthz")
        self._context.add_init_script(script)

    def new_page(self, size: ViewportSize) -> Page:
        """A page that knows nothing of the ones before it."""
        page = self._context.new_page()
        page.set_viewport_size(size)
        return page

    def forget(self) -> None:
        """Closes all pages and empties what they could write to."""
        for page in self._context.pages:
            if page is not self._keeper:
                page.close()
        self._keeper.evaluate("localStorage.clear()")
        self._context.clear_cookies()
        self._context.clear_permissions()

    def close(self) -> None:
        self._context.close()
