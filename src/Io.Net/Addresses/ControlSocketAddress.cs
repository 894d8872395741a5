namespace RtpProxy.Io.Net.Addresses;

/// <summary>A control socket as configured, not yet resolved (control protocol, sections 1.1 and 1.2).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its kind as it is written, without the colon.</param>
public sealed record ControlSocketAddress(ControlSocketKind Kind, string Name)
{
    /// <summary>The file of a <c>unix</c> or <c>cunix</c> socket; empty for the other kinds.</summary>
    public string Path { get; init; } = "";

    /// <summary>
    /// Literal address, name or <c>*</c> of an Internet socket; empty for the other kinds and where none is given, which is an
    /// error when the socket is opened.
    /// </summary>
    public string Host { get; init; } = "";

    /// <summary>Number or service name of an Internet socket, never empty; empty for the other kinds.</summary>
    public string Port { get; init; } = "";

    /// <summary>What is spoken over it.</summary>
    public ControlLanguage Language { get; init; }

    public bool IsUnix => Kind is ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix;

    public bool IsDatagram => Kind is ControlSocketKind.Udp or ControlSocketKind.Udp6;

    public bool IsStdio => Kind is ControlSocketKind.Stdio or ControlSocketKind.ClosingStdio;

    /// <summary>The argument in its full form, with kind and port.</summary>
    public override string ToString() => Language == ControlLanguage.Ng ? $"ng {Place}" : Place;

    private string Place =>
        IsUnix ? $"{Name}:{Path}" : Port.Length == 0 ? $"{Name}:" : $"{Name}:{Host}:{Port}";
}
