using System.Net;

namespace RtpProxy.Hosting.Teardown;

/// <summary>A server that takes XML-RPC over HTTP.</summary>
/// <param name="EndPoint">Where it is.</param>
/// <param name="Host">As it is to be named in the request, with its port.</param>
/// <param name="Path">Of the URL, with what follows it; printable ASCII.</param>
public sealed record TeardownTarget(IPEndPoint EndPoint, string Host, string Path)
{
    /// <summary>What it is asked.</summary>
    public TeardownFormat Format { get; init; } = TeardownFormat.Dialog;

    public override string ToString() => $"http://{Host}{Path}";
}
