namespace RtpProxy.SipEdge.Management;

/// <summary>Whether calls can be served.</summary>
/// <param name="Status"><c>ok</c>; <c>degraded</c> when some relays are down; <c>down</c> when all are.</param>
internal sealed record HealthView(string Status, int RelaysUp, int RelaysDown, int Transactions, int Bindings);
