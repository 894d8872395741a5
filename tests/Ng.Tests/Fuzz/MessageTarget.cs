using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Tests.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>
/// Any bytes as a datagram: no exception; no answer only where the protocol has none; an answer is a dictionary behind the
/// same cookie and in the same encoding; and what was read means the same when it is written and read again.
/// </summary>
public static class MessageTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        byte[]? reply = Responder.Answer(data);
        if (!NgMessage.TrySplit(data, out NgMessage message))
        {
            reply.ShouldBeNull();
            return;
        }

        NgMessage.TrySplit(reply.ShouldNotBeNull(), out NgMessage answer).ShouldBeTrue();
        answer.Cookie.SequenceEqual(message.Cookie).ShouldBeTrue();
        answer.Encoding.ShouldBe(message.Encoding);
        answer.ReadDictionary(out _).ShouldNotBeNull()["result"].Text.ShouldNotBeNull();

        if (message.ReadDictionary(out string? error) is { } dictionary)
        {
            error.ShouldBeNull();
            Bencode.Read(Values.Write(dictionary, NgEncoding.Bencode)).ShouldBe(dictionary);
        }
        else
        {
            error.ShouldNotBeNull();
        }
    }
}
