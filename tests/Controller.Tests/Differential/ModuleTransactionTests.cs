using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// <c>rtpproxy_manage</c> with the state of a transaction: a call goes through Kamailio with tm, and every message that
/// Kamailio's routes see is shown to our library together with what tm knows of it.
/// </summary>
public sealed class ModuleTransactionTests(KamailioProxy kamailio)
{
    private const string Sdp = "with SDP";

    [Fact]
    public async Task Descriptions_in_replies_answer_the_invites()
    {
        await CompareAsync("tm-early@h", inviteToTag: null, Sdp, ["183 " + Sdp, "200 " + Sdp], different: null);
    }

    [Fact]
    public async Task A_description_in_the_200_is_a_late_offer_when_the_invite_had_none()
    {
        await CompareAsync("tm-late@h", inviteToTag: null, "", ["200 " + Sdp], different: null);
    }

    [Fact]
    public async Task A_180_without_description_does_nothing()
    {
        await CompareAsync("tm-ring@h", inviteToTag: null, Sdp, ["180", "200 " + Sdp], different: null);
    }

    [Fact]
    public async Task A_refusal_destroys_in_the_reply_route_and_again_in_the_failure_route()
    {
        await CompareAsync("tm-busy@h", inviteToTag: null, Sdp, ["486"], different: null);
    }

    [Fact]
    public async Task A_refused_late_offer_has_nothing_to_destroy_in_the_failure_route()
    {
        await CompareAsync("tm-lateno@h", inviteToTag: null, "", ["486"], different: null);
    }

    [Fact]
    public async Task A_refused_re_invite_leaves_the_media_to_us_but_not_to_the_module()
    {
        // docs/differences-controller.md, "Refused re-INVITEs"
        await CompareAsync("tm-keep@h", inviteToTag: "tt", Sdp, ["488"], different: "U # 10.1.1.1 5004 ft;1 tt;1");
    }

    private async Task CompareAsync(
        string callId, string? inviteToTag, string invite, string[] replies, string? different)
    {
        var ours = new ScriptedNode(kamailio.Relays[0], callId);
        var media = new CallMedia(new SingleNode(ours));

        var request = new ModuleCase("invite") { Do = "manage", ToTag = inviteToTag, Body = Body(invite) };
        SipMessage received = await kamailio.PassAsync(Write(request, callId), callId);
        while (!received.IsRequest)
        {
            received = await kamailio.NextAsync(callId);
        }

        SipMessage asSent = Parse(Write(request, callId));
        MediaResult result = await media.ManageAsync(asSent, Context(null), MediaFlags.Parse("r"));
        SameBody(received, asSent, result);
        var facts = new TransactionFacts(result.MarksTransaction, asSent.ToTag is not null);
        foreach (string reply in replies)
        {
            await ReplyAsync(media, callId, request, received, reply, facts);
        }

        string[] expected = different is null ? kamailio.Relays[0].CommandsOf(callId) : [different];
        string[] actual = [.. ours.Commands.Select(c => different is null ? c : Generic(c, callId))];
        actual.ShouldBe(expected);
        if (different is not null)
        {
            kamailio.Relays[0].CommandsOf(callId).Select(c => Generic(c, callId)).ShouldBe([different, "D # ft tt", "D # ft tt"]);
        }
    }

    private async Task ReplyAsync(
        CallMedia media, string callId, ModuleCase invite, SipMessage received, string reply, TransactionFacts facts)
    {
        string text = Reply(received, reply);
        kamailio.Send(text);
        int code = int.Parse(reply.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        SipMessage passed;
        do
        {
            passed = await kamailio.NextAsync(callId);
        }
        while (passed.IsRequest || passed.StatusCode != code);

        SipMessage asSent = Parse(text);
        MediaResult result = await media.ManageAsync(asSent, Context(facts), MediaFlags.Parse("r"));
        if (code < 300)
        {
            SameBody(passed, asSent, result);
            return;
        }

        MessageContext failure = Context(null) with { Route = MessageRoute.Failure };
        await media.ManageAsync(Parse(Write(invite, callId)), failure, MediaFlags.Parse("r"));
    }

    private static void SameBody(SipMessage passed, SipMessage asSent, MediaResult result)
    {
        SipMessage ours = Parse(System.Text.Encoding.Latin1.GetString(result.ApplyTo(asSent)));
        ours.Rest.Copy(ours.Text).ShouldBe(passed.Rest.Copy(passed.Text));
    }

    // What a called party would say: the fields of the request come back, and a description of its own.
    private static string Reply(SipMessage request, string reply)
    {
        string[] words = reply.Split(' ', 2);
        string body = Body(words.Length > 1 ? words[1] : "") ?? "";
        string fields = string.Concat(request.Headers
            .Where(h => h.Kind is HeaderKind.Via or HeaderKind.From or HeaderKind.To or HeaderKind.CallId or HeaderKind.CSeq)
            .Select(h => h.Kind == HeaderKind.To && request.ToTag is null
                ? h.Line.Copy(request.Text).TrimEnd() + ";tag=tt\r\n"
                : h.Line.Copy(request.Text)));
        return $"SIP/2.0 {words[0]} Whatever\r\n{fields}X-Stateful: 1\r\nX-Do: manage\r\nX-Flags: r\r\n"
            + $"Content-Type: application/sdp\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private string Write(ModuleCase it, string callId) =>
        it.Write(callId, kamailio.TestAddress(false), kamailio.Address(false))
            .Replace("X-Do:", "X-Stateful: 1\r\nX-Do:", StringComparison.Ordinal);

    private static string? Body(string what) => what == Sdp ? Descriptions.Plain : null;

    private static string Generic(string command, string callId) =>
        command.Replace(callId, "#", StringComparison.Ordinal).Replace("c0,8,101", "", StringComparison.Ordinal);

    private static SipMessage Parse(string text) =>
        SipMessage.TryParse(text, out SipMessage message, out ParseError error)
            ? message
            : throw new InvalidOperationException(error.ToString());

    private static MessageContext Context(TransactionFacts? facts) =>
        new(IPAddress.Loopback, IPAddress.Loopback) { Transaction = facts };
}
