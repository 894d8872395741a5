namespace RtpProxy.Controller.Relays;

/// <summary>A node's place in a set.</summary>
/// <param name="Index">Counts the nodes of all sets, from 0, in order of definition.</param>
/// <param name="Weight">Its share of the calls, 0 or more.</param>
internal readonly record struct RelaySetMember(RelayNode Node, int Index, int Weight);
