namespace RtpProxy.Watch.Views;

/// <summary>All relays that are watched, in the order of the command line.</summary>
internal sealed record NodesView(DateTimeOffset At, IReadOnlyList<NodeView> Nodes);
