"""The app of the voucher's life, whose rooms share their migrations."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class VouchersConfig(AppConfig):
    name = "vouchers"

    def ready(self) -> None:
        # Web, worker and command line alike must know what rooms above tell of an application, and
        # whom they have screened, what they offer to do to several rows, and which mails they send to
        # people without an account.
        for name in self._rooms():
            for told in ("steps", "screened", "together", "mails"):
                if module_has_submodule(import_module(name), told):
                    import_module(f"{name}.{told}")

    def _rooms(self) -> list[str]:
        """The packages of this app, by the order of their names."""
        inside = iter_modules(self.module.__path__, f"{self.name}.")  # type: ignore[union-attr]
        return sorted(found.name for found in inside if found.ispkg)
