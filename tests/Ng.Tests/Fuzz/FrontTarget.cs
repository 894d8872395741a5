using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Framing;
using RtpProxy.Protocols.Ng.Tests.Front;

namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>
/// Any bytes as messages to a whole relay, one behind the other as on a connection: no exception; every reply is a datagram
/// that can be read; what was answered with an error has changed nothing of any call; packets to whatever is open do no harm;
/// and when every call that there is has been deleted nothing is left open.
/// </summary>
public static class FrontTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data) => Fuzz(data, restarts: false);

    /// <param name="data">Messages back to back; what follows the last whole one is a datagram.</param>
    /// <param name="restarts">Workers go on from snapshots after every step.</param>
    public static void Fuzz(ReadOnlySpan<byte> data, bool restarts)
    {
        var relay = new WholeRelay(restarts);
        string state = relay.State;
        foreach (byte[] message in Cut(data))
        {
            byte[]? reply = relay.Answer(message);
            if (!NgMessage.TrySplit(message, out NgMessage asked))
            {
                reply.ShouldBeNull();
                continue;
            }

            string result = ResultOf(reply.ShouldNotBeNull(), asked);
            string now = relay.State;
            if (result is "error" or "load limit")
            {
                now.ShouldBe(state);
                continue;
            }

            result.ShouldBeOneOf("ok", "pong");
            relay.SendToAllPorts();
            state = relay.State;
        }

        relay.EndAllCalls().ShouldBe((0, 0));
    }

    private static string ResultOf(byte[] reply, in NgMessage asked)
    {
        reply.Length.ShouldBeLessThanOrEqualTo(NgLimits.MaxLength);
        NgMessage.TrySplit(reply, out NgMessage answer).ShouldBeTrue();
        answer.Cookie.SequenceEqual(asked.Cookie).ShouldBeTrue();
        answer.Encoding.ShouldBe(asked.Encoding);
        NgDictionary dictionary = answer.ReadDictionary(out string? error).ShouldNotBeNull(error);
        string result = dictionary["result"].Text.ShouldNotBeNull();
        (dictionary["error-reason"].Text is { Length: > 0 } || result is not "error").ShouldBeTrue();
        return result;
    }

    private static List<byte[]> Cut(ReadOnlySpan<byte> data)
    {
        var framer = new NgStreamFramer();
        List<byte[]> messages = [];
        framer.Append(data);
        int taken = 0;
        while (framer.TryRead(out ReadOnlySpan<byte> message) == NgFrame.Message)
        {
            messages.Add(message.ToArray());
            taken += message.Length;
        }

        messages.Add(data[Math.Min(taken, data.Length)..].ToArray());
        return messages;
    }
}
