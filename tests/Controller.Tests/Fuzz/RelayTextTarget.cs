using System.Buffers;
using System.Text;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Relays.Transports;

namespace RtpProxy.Controller.Tests.Fuzz;

/// <summary>
/// Any bytes as what a relay sends or an operator writes: cookies, frames of replies, summaries, addresses, sets. Never
/// throws; lengths lie inside; what a cookie source made is its own again.
/// </summary>
public static class RelayTextTarget
{
    private static readonly CookieSource Cookies = new();

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        string text = Encoding.Latin1.GetString(data);
        Cookies.TrySplit(data, out _, out ReadOnlySpan<byte> rest);
        rest.Length.ShouldBeLessThanOrEqualTo(data.Length);
        byte[] own = Cookies.Compose(0xABCDEF, data);
        Cookies.TrySplit(own, out ulong number, out rest).ShouldBeTrue();
        number.ShouldBe(0xABCDEFUL);
        rest.SequenceEqual(data).ShouldBeTrue();

        var framing = ReplyFraming.For(data);
        framing.Lines.ShouldBeInRange(1, 6);
        long length = framing.Measure(new ReadOnlySequence<byte>(data.ToArray()));
        length.ShouldBeInRange(-1, data.Length);
        if (length > 0)
        {
            data[(int)length - 1].ShouldBe((byte)'\n');
        }

        RelaySummary.TryParse(text.Split('\n'));
        if (RelayAddress.TryParse(text, out RelayAddress? address, out string? error))
        {
            RelayAddress.Parse(address.Url).ShouldBe(address);
        }
        else
        {
            error.ShouldNotBeNullOrWhiteSpace();
        }

        RelaySetDefinition.TryParse(text, out RelaySetDefinition? set, out error).ShouldBe(set is not null);
        (error is null).ShouldBe(set is not null);
    }
}
