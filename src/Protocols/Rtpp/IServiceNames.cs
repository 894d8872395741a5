namespace RtpProxy.Protocols.Rtpp;

/// <summary>Names that the system knows for UDP ports (services(5)), which may stand for a remote port.</summary>
internal interface IServiceNames
{
    /// <summary>True and the port in host byte order if the system knows <paramref name="name"/> for UDP.</summary>
    bool TryFindUdp(string name, out ushort port);
}
