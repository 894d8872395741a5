namespace RtpProxy.Watch.Views;

/// <summary>Whether relays can take new calls.</summary>
/// <param name="Ready">All of them can.</param>
internal sealed record ReadinessView(bool Ready, IReadOnlyList<NodeReadiness> Nodes);
