"""Sends what Twilio's own library wants to send to a simulator instead, with the Host header it was meant for."""

from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient


class SimulatorHttpClient(TwilioHttpClient):
    """The library's own HTTP client, with another address behind each host name."""

    def __init__(self, base_url):
        super().__init__(timeout=30)
        base = urlsplit(base_url)
        self.scheme = base.scheme
        self.address = base.netloc
        # A proxy from the environment would take the request away from the simulator.
        self.session.trust_env = False

    def request(
        self, method, url, params=None, data=None, headers=None, auth=None, timeout=None, allow_redirects=False
    ):
        asked = urlsplit(url)
        headers = dict(headers or {}, Host=asked.netloc)
        url = urlunsplit((self.scheme, self.address, asked.path, asked.query, ""))
        return super().request(method, url, params, data, headers, auth, timeout, allow_redirects)
