using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Sip.Tests;

public sealed class SdpBodyTests
{
    private const string Head = "v=0\r\no=u 1 1 IN IP4 10.1.1.1\r\ns=call\r\n";

    [Fact]
    public void A_description_shows_its_parts()
    {
        const string text = Head + "c=IN IP4 10.1.1.1\r\nt=0 0\r\na=sendonly\r\n"
            + "m=audio 5004 RTP/AVP 0 8 101\r\na=rtcp:5007\r\na=rtcp:5005 IN IP4 10.1.1.1 \r\na=rtcp-mux\r\n"
            + "m=video 7002/2 RTP/SAVPF 96\r\nc=IN IP6 2001:db8::1\r\na=inactive\r\na=candidate:1 1 UDP 1 h 1 typ host\r\na=remote-candidates:1 h 1\r\n\r\n";
        SdpBody body = Parse(text);
        SdpSession session = body.Sessions.Single();
        session.Name!.Value.Copy(text).ShouldBe("call");
        session.Origin.Address.Copy(text).ShouldBe("10.1.1.1");
        body.Span.End.ShouldBe(text.Length - 4);

        SdpMedia audio = session.Media[0];
        (audio.Type, audio.Port, audio.Transport).ShouldBe(("audio", 5004, "RTP/AVP"));
        audio.Formats.ShouldBe(["0", "8", "101"]);
        audio.Connection.ShouldBeNull();
        audio.Rtcp!.Value!.Value.Copy(text).ShouldBe("5005 IN IP4 10.1.1.1");
        audio.HasRtcpMux.ShouldBeTrue();
        audio.Direction.ShouldBe(MediaDirection.SendOnly);
        session.ConnectionOf(audio)!.Family.ShouldBe(SdpAddressFamily.IPv4);

        SdpMedia video = session.Media[1];
        (video.PortText, video.Port).ShouldBe(("7002/2", 7002));
        video.Direction.ShouldBe(MediaDirection.Inactive);
        video.Candidates.Count().ShouldBe(1);
        video.HasRemoteCandidates.ShouldBeTrue();
        video.HasRtcpMux.ShouldBeFalse();
        session.ConnectionOf(video)!.FamilyDigitAndAddress.Copy(text).ShouldBe("6 2001:db8::1");
    }

    [Theory]
    [InlineData("IP4 0.0.0.0", true)]
    [InlineData("IP4 0.0.0.1", false)]
    [InlineData("IP4 00.0.0.0", false)]
    [InlineData("IP6 ::", true)]
    [InlineData("IP6 0:0:0:0:0:0:0:0", true)]
    [InlineData("IP6 ::1", false)]
    public void Null_addresses_are_known(string address, bool isNull)
    {
        string text = $"{Head}c=IN {address}\r\nm=audio 1 RTP/AVP 0\r\n";
        Parse(text).Sessions[0].Connection!.IsNull(text).ShouldBe(isNull);
    }

    [Theory]
    [InlineData("IP4 1 1 IN IP6 2001:db8::1", SdpAddressFamily.IPv6, "2001:db8::1")]
    [InlineData("IP6 1 1 IN IP4 10.1.1.1", SdpAddressFamily.IPv4, "10.1.1.1")]
    [InlineData("u 1 1 IN IP4 10.1.1.1 IP6 ::1", SdpAddressFamily.IPv6, "::1")]
    [InlineData("u 1 1 IN  IP4 \t 10.1.1.1 x", SdpAddressFamily.IPv4, "10.1.1.1")]
    public void The_last_address_of_a_line_counts_whatever_the_words_before_it_are(
        string origin, SdpAddressFamily family, string address)
    {
        string text = $"v=0\r\no={origin}\r\nc=IN IP4 10.1.1.1\r\nm=audio 1 RTP/AVP 0\r\n";
        SdpAddress found = Parse(text).Sessions[0].Origin;
        (found.Family, found.Address.Copy(text)).ShouldBe((family, address));
    }

    [Theory]
    [InlineData("IP4 10.1.1.1")]
    [InlineData("IN\tIP4 10.1.1.1")]
    [InlineData("IN IP44 10.1.1.1")]
    [InlineData("IN IP410.1.1.1")]
    [InlineData("IN ip4 10.1.1.1")]
    [InlineData("IN IP4 10.1.1.1 IP")]
    [InlineData("IN IP4 10.1.1.1 IPX")]
    public void An_address_type_is_a_word_of_its_own_behind_a_blank(string connection)
    {
        string text = $"{Head}c={connection}\r\nm=audio 1 RTP/AVP 0\r\n";
        SdpBody.TryParse(text, out _, out ParseError error).ShouldBeFalse();
        error.Expected.ShouldBe("IP4 or IP6 and an address");
    }

    [Fact]
    public void An_attribute_begins_right_behind_the_equals_sign_and_a_candidate_has_a_value()
    {
        const string text = Head + "c=IN IP4 10.1.1.1\r\nm=audio 1 RTP/AVP 0\r\na=rtcp:7\r\na= rtcp:9\r\na=candidate:\r\n";
        SdpMedia media = Parse(text).Sessions[0].Media[0];
        media.Rtcp!.Value!.Value.Copy(text).ShouldBe("7");
        media.Candidates.ShouldBeEmpty();
    }

    [Fact]
    public void Each_v_line_begins_a_session_of_its_own()
    {
        const string one = Head + "c=IN IP4 10.1.1.1\r\nm=audio 1 RTP/AVP 0\r\n";
        SdpBody body = Parse(one + one.Replace("call", "other", StringComparison.Ordinal));
        body.Sessions.Select(s => s.Name!.Value.Copy(body.Text)).ShouldBe(["call", "other"]);
        body.Sessions.Select(s => s.Media.Length).ShouldBe([1, 1]);
    }

    [Theory]
    [InlineData("", 0, "a v= line")]
    [InlineData("o=u 1 1 IN IP4 10.1.1.1\r\n", 0, "a v= line")]
    [InlineData("v=0\r\nm=audio 1 RTP/AVP 0", 3, "an o= line before the first m=")]
    [InlineData("v=0\r\nm=audio 1 RTP/AVP 0\r\no=u 1 1 IN IP4 10.1.1.1", 3, "an o= line before the first m=")]
    [InlineData("v=0\r\no=u 1 1 IN IP4 10.1.1.1\r\nt=0 0", 35, "an m= line")]
    [InlineData("v=0\r\no=u 1 1\r\nm=audio 1 RTP/AVP 0", 12, "IP4 or IP6 and an address")]
    [InlineData("v=0\r\no=u 1 1 IN IP4\r\nm=audio 1 RTP/AVP 0", 19, "an address")]
    [InlineData(Head + "m=audio 1 RTP/AVP 0", 57, "a c= line for this media, its own or the session's")]
    [InlineData(Head + "c=IN IP5 x\r\nm=audio 1 RTP/AVP 0", 48, "IP4 or IP6 and an address")]
    [InlineData(Head + "c=IN IP4 10.1.1.1\r\nm=audio 1", 66, "a media type, a port and a transport")]
    public void Malformed_descriptions_are_refused_with_place_and_expectation(string text, int offset, string expected)
    {
        SdpBody.TryParse(text, out _, out ParseError error).ShouldBeFalse();
        error.ShouldBe(new ParseError(offset, expected));
    }

    [Fact]
    public void Places_refer_to_the_text_around_the_description()
    {
        const string sdp = Head + "c=IN IP4 10.1.1.1\r\nm=audio 1 RTP/AVP 0\r\n";
        const string text = "head\r\n\r\n" + sdp + "tail";
        SdpBody.TryParse(text, new TextSpan(8, sdp.Length), out SdpBody? body, out _).ShouldBeTrue();
        body!.Sessions[0].Media[0].Line.Line.Copy(text).ShouldBe("m=audio 1 RTP/AVP 0");
        body.Span.End.ShouldBe(8 + sdp.Length - 2);
    }

    [Fact]
    public void Any_text_is_read_or_refused_but_never_breaks_anything() =>
        Prop.ForAll<string>(text => Exercise.Sdp(text ?? "", Messages.All(text ?? ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_flipped_bit_is_read_or_refused()
    {
        const string text = Head + "c=IN IP4 10.1.1.1\r\nm=audio 5004 RTP/AVP 0\r\na=rtcp:5005\r\n";
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            char[] flipped = text.ToCharArray();
            flipped[bit / 8] ^= (char)(1 << (bit % 8));
            string changed = new(flipped);
            Exercise.Sdp(changed, Messages.All(changed));
        }
    }

    private static SdpBody Parse(string text)
    {
        SdpBody.TryParse(text, out SdpBody? body, out ParseError error).ShouldBeTrue(error.ToString());
        return body!;
    }
}
