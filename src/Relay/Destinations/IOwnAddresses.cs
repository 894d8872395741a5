using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>What the host knows of its own addresses. They change while it runs.</summary>
/// <remarks>Thread-safe; never blocks.</remarks>
public interface IOwnAddresses
{
    /// <summary>As they are now, or were a short while ago.</summary>
    OwnAddresses Current { get; }

    /// <summary>
    /// Asks the system whether this is an address of the machine too; <see cref="Current"/> knows it afterwards. For the
    /// control path: it costs some system calls.
    /// </summary>
    void Look(in Endpoint address);
}
