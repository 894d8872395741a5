namespace RtpProxy.Relay.Calls;

/// <summary>What is told of where a party sends from (ng protocol).</summary>
/// <param name="IsAsymmetric">It receives elsewhere than it sends from; null for the daemon's default.</param>
/// <param name="AllowsHandover">Another source may follow it when it has stopped, without a word of signalling.</param>
public readonly record struct SourceRules(bool? IsAsymmetric, bool AllowsHandover);
