"""What a query selects below a field, so that a resolver loads that and no more (relations are `lazy="raise"`)."""

from __future__ import annotations

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, SelectionSetNode

Tree = dict[str, Any]


def selected(info: GraphQLResolveInfo, *path: str) -> Tree:
    """Give the fields selected below this one, by their names in the contract, as a tree.

    `selected(info, "nodes")` looks below `nodes`; `"station" in selected(info, "nodes")` asks for an edge.
    """
    tree: Tree = {}
    for node in info.field_nodes:
        _gather(node.selection_set, info, tree)
    for name in path:
        tree = tree.get(name, {})
    return tree


def _gather(selections: SelectionSetNode | None, info: GraphQLResolveInfo, tree: Tree) -> None:
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            _gather(node.selection_set, info, tree.setdefault(node.name.value, {}))
        elif isinstance(node, FragmentSpreadNode):
            _gather(info.fragments[node.name.value].selection_set, info, tree)
        else:
            _gather(getattr(node, "selection_set", None), info, tree)
