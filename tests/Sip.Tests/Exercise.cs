using System.Text;
using RtpProxy.Sip.Bodies;
using RtpProxy.Sip.Headers;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Sip.Tests;

/// <summary>
/// Everything that can be asked of a text, whatever it is; what has to hold for every text is asserted.
/// </summary>
internal static class Exercise
{
    public static void Message(ReadOnlySpan<byte> bytes) => Message(Encoding.Latin1.GetString(bytes));

    public static void Message(string text)
    {
        if (!SipMessage.TryParse(text, out SipMessage message, out ParseError error))
        {
            error.Offset.ShouldBeInRange(0, text.Length);
            error.Expected.ShouldNotBeNullOrEmpty();
            return;
        }

        message.Body.End.ShouldBeLessThanOrEqualTo(text.Length);
        if (MessageCheck.FindFault(message) is { } fault)
        {
            fault.Error.Offset.ShouldBeInRange(0, text.Length);
        }
        else
        {
            message.CallId.ShouldNotBeNull();
            message.TopVia.ShouldNotBeNull();
            message.CSeq.ShouldNotBeNull();
        }

        Fields(message);
        SameWhenUnchanged(message);
        Sdp(text, message.Body);
    }

    public static void Sdp(string text, TextSpan where)
    {
        if (!SdpBody.TryParse(text, where, out SdpBody? body, out ParseError error))
        {
            error.Offset.ShouldBeInRange(where.Start, where.End);
            error.Expected.ShouldNotBeNullOrEmpty();
            return;
        }

        where.Contains(body.Span).ShouldBeTrue();
        body.Sessions.ShouldNotBeEmpty();
        foreach (SdpSession session in body.Sessions)
        {
            session.Media.ShouldNotBeEmpty();
            body.Span.Contains(session.Span).ShouldBeTrue();
            foreach (SdpMedia media in session.Media)
            {
                (session.ConnectionOf(media) is not { } used || session.Span.Contains(used.FamilyDigitAndAddress)).ShouldBeTrue();
                session.Span.Contains(media.Line.Port).ShouldBeTrue();
                _ = (media.Port, media.Rtcp, media.HasRtcpMux, media.Direction, media.HasRemoteCandidates, media.Type, media.Transport);
                _ = media.Candidates.Count() + media.Formats.Count();
                _ = session.ConnectionOf(media)?.IsNull(text);
            }
        }
    }

    private static void Fields(SipMessage message)
    {
        foreach (SipHeader header in message.Headers)
        {
            header.Line.Contains(header.Value).ShouldBeTrue();
            _ = message.ValueOf(header);
            foreach (TextSpan value in ValueList.Split(message.Text, header.Value))
            {
                header.Value.Contains(value).ShouldBeTrue();
                _ = Via.TryParse(message.Text, value, out Via? via, out _) ? via.ReceivedPort : 0;
                if (NameAddress.TryParse(message.Text, value, out NameAddress? address, out _))
                {
                    _ = address.Tag;
                    _ = SipUri.TryParse(address.Uri, out SipUri? uri, out _) ? uri.User + uri.Transport + uri.IsLoose : "";
                }

                if (ContentType.TryParse(message.Text, value, out ContentType? type, out _) && type.Boundary is { } boundary)
                {
                    MultipartBody.TryParse(message.Text, message.Rest, boundary, out _, out _);
                }
            }
        }
    }

    private static void SameWhenUnchanged(SipMessage message)
    {
        string built = new SipMessageEditor(message).Build();
        built.ShouldBe(message.Text[..message.Body.End]);
    }
}
