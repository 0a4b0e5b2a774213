"""All routes of the REST face, in the order in which the description shows them."""

from axelered_box.api import routes_of_runs, routes_of_the_box, routes_of_workspaces
from axelered_box.api.route import Route

ROUTES: tuple[Route, ...] = (*routes_of_runs.ROUTES, *routes_of_workspaces.ROUTES, *routes_of_the_box.ROUTES)
