namespace RtpProxy.SipEdge.Configuration;

/// <summary>What strangers can make us hold.</summary>
internal sealed record LimitSettings(int Transactions, int Connections, int Bindings, int MessageBytes);
