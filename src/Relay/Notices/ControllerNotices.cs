using System.Globalization;
using System.Text;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;

namespace RtpProxy.Relay.Notices;

/// <summary>Tells controllers of timeouts and digits, where they named somebody to be told (control protocol, section 7).</summary>
public sealed class ControllerNotices(INoticeBoard board) : IEventSink
{
    public void On(RelayEvent told)
    {
        switch (told)
        {
            case RelayEvent.SessionTimedOut { Session: { NoticeTarget: { } target } session }:
                board.Post(target, [.. session.NoticeTag, (byte)'\n']);
                break;
            case RelayEvent.DigitHeard { Leg: { Digits: { } digits } leg } e:
                Post(digits.Watches, leg.Side, e.Digit);
                break;
        }
    }

    private void Post(DigitWatch[] watches, Side side, in HeardDigit digit)
    {
        foreach (DigitWatch watch in watches)
        {
            if (watch.Target is { } target && watch.PayloadType == digit.PayloadType)
            {
                board.Post(target, [.. watch.Tag, .. TextOf(digit, side)]);
            }
        }
    }

    /// <summary>What follows the tag (section 7.5): <c>" DIGIT VOLUME DURATION SIDE"</c> and LF.</summary>
    private static byte[] TextOf(in HeardDigit digit, Side side) => Encoding.Latin1.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $" {digit.Key} {digit.Volume} {digit.Duration} {(side == Side.Caller ? 0 : 1)}\n"));
}
