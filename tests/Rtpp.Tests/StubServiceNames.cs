namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>Knows one service.</summary>
public sealed class StubServiceNames : IServiceNames
{
    public const string KnownName = "sip";
    public const ushort KnownPort = 5060;

    public bool TryFindUdp(string name, out ushort port)
    {
        port = name == KnownName ? KnownPort : (ushort)0;
        return name == KnownName;
    }
}
