using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>A control socket could not be opened; the message is one sentence for the operator.</summary>
public sealed class ControlSocketException : IOException
{
    /// <summary>The socket, where the relay opened those of its options; null for another than those.</summary>
    public ControlSocketAddress? Address { get; init; }

    public ControlSocketException()
    {
    }

    public ControlSocketException(string message)
        : base(message)
    {
    }

    public ControlSocketException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
