using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>How a request goes on.</summary>
/// <param name="RequestUri">The new Request-URI; null to leave it.</param>
/// <param name="Routes">The Route values that remain, in order; null to leave the fields alone.</param>
/// <param name="Target">Where it is sent.</param>
/// <param name="Phone">The registered phone that it is for: its flow leads back through its NAT; null to resolve the target.</param>
/// <param name="Leaving">Our address that the last Route of ours names: the one that the other side knows; null without.</param>
internal sealed record RoutePlan(
    string? RequestUri, IReadOnlyList<string>? Routes, NextHop Target, Binding? Phone = null, ListenPoint? Leaving = null);
