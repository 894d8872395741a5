namespace RtpProxy.SipEdge.Configuration;

/// <summary>Who may register, and for how long.</summary>
/// <param name="Domains">Hosts in the To of REGISTER that are ours, beside our own addresses.</param>
internal sealed record RegistrarSettings(
    IReadOnlyList<string> Domains, TimeSpan MinTime, TimeSpan DefaultTime, TimeSpan MaxTime);
