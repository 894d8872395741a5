namespace RtpProxy.Io.Net.Ports;

/// <summary>In which order free port pairs are handed out.</summary>
public enum PortOrder
{
    /// <summary>The default: a stranger cannot guess the next port.</summary>
    Random,

    /// <summary><c>-b</c>: from the lowest upwards, going on after the pair handed out last, and around.</summary>
    Ascending,
}
