namespace RtpProxy.SipEdge.Management;

/// <summary>The body of the module's <c>nh_enable_rtpp</c>.</summary>
/// <param name="Url">The relay's address as configured.</param>
/// <param name="Enable">Whether it shall get calls.</param>
internal sealed record EnableView(string? Url, bool? Enable);
