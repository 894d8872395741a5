using System.Text;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>The digits of a message's sender are asked for in the command for its media.</summary>
public sealed class DigitWishTests
{
    private const string Events = TestMessages.Sdp + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:96 Telephone-Event/8000\r\na=rtpmap:97 telephone-event/48000\r\n";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly CallMediaOptions Options = new() { TimeoutSocket = "unix:/run/n" };

    [Fact]
    public async Task The_payload_type_is_that_of_the_description()
    {
        (await Commands(TestMessages.Request(sdp: Events), new DigitWish("d 1")))
            .ShouldBe(["Uc0,8,101 call@h 192.0.2.1 5004 ft;1 unix:/run/n gone && M3:1 d%201 96"]);
        (await Commands(TestMessages.Reply(200, sdp: Events), new DigitWish("d", Hide: true), MediaAction.Answer))
            .ShouldBe(["Lc0,8,101 call@h 192.0.2.1 5004 ft;1 tt;1 && M3:1 d 96 h"]);
    }

    [Fact]
    public async Task Media_without_digits_is_not_listened_to_unless_that_is_said()
    {
        SipMessage message = TestMessages.Request(sdp: TestMessages.AudioVideo + "a=rtpmap:200 telephone-event/8000\r\n");

        (await Commands(message, new DigitWish("d"))).ShouldAllBe(command => !command.Contains("M3", StringComparison.Ordinal));
        (await Commands(message, new DigitWish("d", 101))).ShouldAllBe(command => command.EndsWith(" && M3:1 d", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_cannot_listen_relays_all_the_same()
    {
        var node = new TestNode("35000 127.0.0.5 && -1");
        SipMessage message = TestMessages.Request(sdp: Events);

        MediaResult result = await Media(node).OfferAsync(message, Context(new DigitWish("d")), cancellationToken: Stop);

        result.IsDone.ShouldBeTrue(result.Reason);
        Encoding.Latin1.GetString(result.ApplyTo(message)).ShouldContain("m=audio 35000 ");
    }

    [Fact]
    public async Task Without_a_socket_for_reports_there_is_nobody_to_be_told()
    {
        var node = new TestNode();
        MediaResult result = await new CallMedia(new TestNodes(node))
            .OfferAsync(TestMessages.Request(), Context(new DigitWish("d")), cancellationToken: Stop);

        result.Outcome.ShouldBe(MediaOutcome.Failed);
        result.Reason.ShouldContain("no timeout socket");
        node.Commands.ShouldBeEmpty();
    }

    private static MessageContext Context(DigitWish digits) => TestMessages.Context with { TimeoutTag = "gone", Digits = digits };

    private static CallMedia Media(TestNode node) => new(new TestNodes(node), Options);

    private static async Task<IReadOnlyList<string>> Commands(
        SipMessage message, DigitWish digits, MediaAction action = MediaAction.Offer)
    {
        var node = new TestNode();
        MediaResult result = action == MediaAction.Offer
            ? await Media(node).OfferAsync(message, Context(digits), cancellationToken: Stop)
            : await Media(node).AnswerAsync(message, Context(digits), cancellationToken: Stop);
        result.IsDone.ShouldBeTrue(result.Reason);
        return node.Commands;
    }
}
