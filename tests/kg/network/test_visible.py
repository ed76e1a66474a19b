from kg.network.network import Network, network_of
from kg.network.visible import visible_part
from kg.store.store import Store


def slugs(network: Network) -> set[str]:
    return {node.slug for node in network.nodes}


def test_nothing_hidden_leaves_everything(store: Store) -> None:
    network = network_of(store, ["ruritania", "sylvania"])
    assert visible_part(network, (), ()) == network
    assert visible_part(network, ["no-such-thing"], ["NoClass"], "no-such-thing") == network


def test_nodes_and_classes_are_left_out_with_their_ties(store: Store) -> None:
    network = network_of(store, ["ruritania"])
    part = visible_part(network, ["dam-claim"], ["Event"])
    shown = [node for node in network.nodes if node.principal_class != "Event"]
    assert slugs(part) == {node.slug for node in shown} - {"dam-claim"}
    assert {end for tie in part.ties for end in (tie.source, tie.target)} <= slugs(part)


def test_the_focus_always_stays(store: Store) -> None:
    network = network_of(store, ["ruritania"])
    part = visible_part(network, [node.slug for node in network.nodes], ["State"])
    assert slugs(part) == {"ruritania"}
    assert part.ties == ()


def test_only_a_node_and_its_neighbours_are_left(store: Store) -> None:
    network = network_of(store, ["ruritania", "sylvania"])
    part = visible_part(network, (), (), "dam-claim")
    assert slugs(part) == {"ruritania", "sylvania", "dam-claim"}
