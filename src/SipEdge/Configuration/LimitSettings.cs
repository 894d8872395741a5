namespace RtpProxy.SipEdge.Configuration;

/// <summary>What strangers can make us hold.</summary>
/// <param name="TransactionsOfOne">Of one user, or one address.</param>
/// <param name="ConnectionsOfOne">From one address.</param>
internal sealed record LimitSettings(
    int Transactions, int Connections, int Bindings, int MessageBytes, int TransactionsOfOne, int ConnectionsOfOne);
