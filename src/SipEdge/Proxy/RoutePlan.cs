using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>How a request goes on.</summary>
/// <param name="RequestUri">The new Request-URI; null to leave it.</param>
/// <param name="Routes">The Route values that remain, in order; null to leave the fields alone.</param>
/// <param name="Target">Where it is sent.</param>
/// <param name="Direct">The flow of a registered phone, which leads back through its NAT; null to resolve the target.</param>
/// <param name="Leaving">Our address that the last Route of ours names: the one that the other side knows; null without.</param>
internal sealed record RoutePlan(
    string? RequestUri, IReadOnlyList<string>? Routes, NextHop Target, Flow? Direct = null, ListenPoint? Leaving = null);
