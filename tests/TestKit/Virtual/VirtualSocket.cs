using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>One open port of a <see cref="VirtualRelay"/>.</summary>
public sealed record VirtualSocket(IPAddress Host, ushort Number)
{
    public byte? Tos { get; set; }

    public bool WantsDetails { get; set; }

    /// <summary>A worker has it; not while a worker is being replaced.</summary>
    public bool IsTaken { get; set; } = true;

    public Endpoint Endpoint => Endpoint.From(Host, Number);
}
