using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>Hears of calls whose media a relay has not seen for too long. Registered as a service; there may be several.</summary>
public interface IMediaTimeoutHandler
{
    /// <summary>A relay has ended a session for want of media. What it throws is logged, and the next notice follows.</summary>
    /// <param name="notice">
    /// Its tag is the Call-ID, unless <see cref="SdpOptions.TimeoutTag"/> said otherwise. Digits come the same way
    /// (<see cref="DigitNotice.Of"/>).
    /// </param>
    /// <param name="cancellationToken">The host stops.</param>
    ValueTask OnTimeoutAsync(TimeoutNotice notice, CancellationToken cancellationToken);
}
