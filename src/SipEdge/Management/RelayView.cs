namespace RtpProxy.SipEdge.Management;

/// <summary>One line of the module's <c>nh_show_rtpp</c>, under its names.</summary>
/// <param name="Disabled">1 when the node gets no calls.</param>
/// <param name="RecheckTicks">When it is probed again; 0 for not at all, -1 for never.</param>
internal sealed record RelayView(string Url, int Set, int Index, int Disabled, int Weight, long RecheckTicks);
