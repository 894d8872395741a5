using System.Globalization;
using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Takes one message through Kamailio's module and through our library.</summary>
public sealed class BothSides(KamailioProxy kamailio)
{
    /// <summary>The statement of the module.</summary>
    public async Task<Passage> ThroughModuleAsync(ModuleCase it, string callId)
    {
        ScriptedRelay relay = kamailio.Relays[it.Set];
        relay.Script(callId, it.Replies);
        SipMessage passed = await kamailio.PassAsync(Write(it, callId), callId, it.OverIPv6);
        passed.TryFind("X-Code", out SipHeader code).ShouldBeTrue();
        return new Passage(
            int.Parse(passed.ValueOf(code), CultureInfo.InvariantCulture),
            relay.CommandsOf(callId),
            passed.Rest.Copy(passed.Text),
            passed.DeclaredLength);
    }

    /// <summary>Our own.</summary>
    public async Task<Passage> ThroughLibraryAsync(ModuleCase it, string callId)
    {
        ScriptedRelay relay = kamailio.Relays[it.Set];
        relay.Script(callId, it.Replies);
        SipMessage.TryParse(Write(it, callId), out SipMessage message, out ParseError error).ShouldBeTrue(error.ToString());
        var node = new ScriptedNode(relay, callId);
        IPAddress loopback = it.OverIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        var context = new MessageContext(loopback, loopback)
        {
            Set = it.Set,
            ExtraId = it.ExtraId,
            IcePriority = (IcePriority)(it.Ice ?? 0),
        };
        var media = new CallMedia(
            new SingleNode(relay.Version == "1" ? null : node), new CallMediaOptions { MaxMedia = 64 }); // the module knows no bound
        bool takesFlags = it.Do is "offer" or "answer" or "manage" or "destroy";
        if (!MediaFlags.TryParse(it.Flags, out MediaFlags flags, out _) && takesFlags)
        {
            return Unchanged(-1, node, message);
        }

        CancellationToken stop = TestContext.Current.CancellationToken;
        MediaResult result = it.Do switch
        {
            "offer" => await media.OfferAsync(message, context, flags, it.Address, stop),
            "answer" => await media.AnswerAsync(message, context, flags, it.Address, stop),
            "manage" => await media.ManageAsync(message, context, flags, it.Address, stop),
            "destroy" => await media.DestroyAsync(message, context, flags, stop),
            "record" => await media.StartRecordingAsync(message, context, stop),
            "play-uac" => await media.StreamToUacAsync(message, context, "/prompts/moh", -1, stop),
            "play-uas" => await media.StreamToUasAsync(message, context, "/prompts/moh", 3, stop),
            "stop-uac" => await media.StopStreamToUacAsync(message, context, stop),
            "stop-uas" => await media.StopStreamToUasAsync(message, context, stop),
            "stat" => await StatisticsAsync(media, message, context, stop),
            _ => throw new ArgumentException(it.Do),
        };
        SipMessage.TryParse(result.ApplyTo(message), out SipMessage changed, out error).ShouldBeTrue(error.ToString());
        return Unchanged(result.Code, node, changed);
    }

    private static async Task<MediaResult> StatisticsAsync(
        CallMedia media, SipMessage message, MessageContext context, CancellationToken stop)
    {
        StatisticsResult statistics = await media.StatisticsAsync(message, context, stop);
        return new MediaResult(MediaAction.None, statistics.Outcome, statistics.Reason);
    }

    private string Write(ModuleCase it, string callId) =>
        it.Write(callId, kamailio.TestAddress(it.OverIPv6), kamailio.Address(it.OverIPv6));

    private static Passage Unchanged(int code, ScriptedNode node, SipMessage message) =>
        new(code, [.. node.Commands], message.Rest.Copy(message.Text), message.DeclaredLength);
}
