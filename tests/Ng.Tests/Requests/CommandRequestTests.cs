using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Requests;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;
using static RtpProxy.Protocols.Ng.Tests.Requests.Reading;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>The commands beside offer and answer (ng protocol, 3.4 to 3.10).</summary>
public sealed class CommandRequestTests
{
    private static readonly (string, NgValue) FromTag = ("from-tag", Text("A"));

    [Fact]
    public void A_delete_says_what_it_ends_and_when()
    {
        Request<DeleteRequest>("delete").ShouldBe(new DeleteRequest("c", null, null, null) { Command = NgCommand.Delete });
        Request<DeleteRequest>("delete", ("from-tag", Text(string.Empty))).FromTag.ShouldBeNull();

        var delete = Request<DeleteRequest>(
            "delete", FromTag, ("to-tag", Text("B")), ("via-branch", Text("z9")), ("flags", List("fatal", "fast", "to-tag")), ("delete-delay", Text("0")));

        delete.ShouldBe(new DeleteRequest("c", "A", "B", "z9")
        {
            Command = NgCommand.Delete,
            IsFatal = true,
            IsFast = true,
            Delay = TimeSpan.Zero,
        });
        Request<DeleteRequest>("delete", ("delete delay", new NgValue(-1))).Delay.ShouldBeNull();
        Request<DeleteRequest>("delete", ("delete delay", new NgValue(long.MaxValue))).Delay.ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void A_query_asks_for_the_to_tag_first()
    {
        Request<QueryRequest>("query", FromTag, ("to-tag", Text("B"))).Tag.ShouldBe("B");
        Request<QueryRequest>("query", FromTag, ("to-tag", Text(string.Empty))).Tag.ShouldBe("A");
        Request<QueryRequest>("query").Tag.ShouldBeNull();
    }

    [Fact]
    public void A_list_has_a_limit()
    {
        Request<ListRequest>("list").Limit.ShouldBe(32);
        Request<ListRequest>("list", ("limit", new NgValue(0))).Limit.ShouldBe(0);
        Request<ListRequest>("list", ("limit", Text("1"))).Limit.ShouldBe(1);
        Request<ListRequest>("list", ("limit", Text("many"))).Limit.ShouldBe(32);
        Request<ListRequest>("list", ("limit", new NgValue(long.MaxValue))).Limit.ShouldBe(int.MaxValue);
        Error(("command", Text("list")), ("limit", new NgValue(-1))).ShouldBe(NgErrors.InvalidLimit);
    }

    [Fact]
    public void A_recording_is_paused_in_three_ways()
    {
        Request<RecordingRequest>("start recording").Action.ShouldBe(RecordingAction.Start);
        Request<RecordingRequest>("stop recording").Action.ShouldBe(RecordingAction.Stop);
        Request<RecordingRequest>("pause recording").Action.ShouldBe(RecordingAction.Pause);
        Request<RecordingRequest>("stop recording", ("pause", Text("yes"))).Action.ShouldBe(RecordingAction.Pause);
        Request<RecordingRequest>("stop recording", ("flags", List("pause"))).Action.ShouldBe(RecordingAction.Pause);
        Request<RecordingRequest>("stop recording", ("pause", Text("no"))).Action.ShouldBe(RecordingAction.Stop);
    }

    [Theory]
    [InlineData("block media", BlockedMedia.All, true)]
    [InlineData("unblock media", BlockedMedia.All, false)]
    [InlineData("silence media", BlockedMedia.Sound, true)]
    [InlineData("unsilence media", BlockedMedia.Sound, false)]
    [InlineData("block DTMF", BlockedMedia.Dtmf, true)]
    [InlineData("unblock DTMF", BlockedMedia.Dtmf, false)]
    public void Blocking_is_of_the_whole_call_unless_a_party_is_named(string command, BlockedMedia media, bool isBlocked)
    {
        var request = Request<BlockRequest>(command, FromTag);

        request.Media.ShouldBe(media);
        request.IsBlocked.ShouldBe(isBlocked);
        request.Party.By.ShouldBe(PartySelector.None);
        Request<BlockRequest>(command, ("flags", List("all"))).Party.By.ShouldBe(PartySelector.All);
        Request<BlockRequest>(command, ("all", Text("all"))).Party.By.ShouldBe(PartySelector.All);
        Request<BlockRequest>(command, FromTag, ("flags", List("directional"))).Party
            .ShouldBe(new PartySelection(PartySelector.Tag, "A", null));
        Request<BlockRequest>(command, FromTag, ("label", Text("x"))).Party
            .ShouldBe(new PartySelection(PartySelector.Label, "x", null));
        Request<BlockRequest>(command, ("address", Text("127.0.7.60"))).Party
            .ShouldBe(new PartySelection(PartySelector.Address, string.Empty, IPAddress.Parse("127.0.7.60")));
        Request<BlockRequest>(command, ("address", Text("nonsense"))).FindRefusal().ShouldBe(NgErrors.BadAddress);
    }

    [Fact]
    public void Single_flows_and_replaced_DTMF_are_refused()
    {
        Request<BlockRequest>("block media", ("all", Text("offer-answer"))).FindRefusal().ShouldBe(NgErrors.Unsupported);
        Request<BlockRequest>("block media", ("to-label", Text("x"))).FindRefusal().ShouldBe(NgErrors.Unsupported);
        Request<BlockRequest>("block DTMF", ("DTMF-security", Text("silence"))).FindRefusal().ShouldBe(NgErrors.Unsupported);
        Request<BlockRequest>("block DTMF", ("trigger", Text("12"))).FindRefusal().ShouldBe(NgErrors.Unsupported);
        Request<BlockRequest>("block DTMF", ("DTMF-security", Text("drop"))).FindRefusal().ShouldBeNull();
        Request<BlockRequest>("block DTMF", ("DTMF-security", Text("off"))).IsBlocked.ShouldBeFalse();
    }

    [Fact]
    public void What_no_party_has_says_how_it_was_named()
    {
        Request<BlockRequest>("block media", ("label", Text("x"))).Party.NotFound.ShouldBe(NgErrors.NoSuchLabel);
        Request<StopMediaRequest>("stop media", FromTag).Party.NotFound.ShouldBe(NgErrors.NoSuchTag);
        Request<StopMediaRequest>("stop media", ("address", Text("::1"))).Party.NotFound.ShouldBe(NgErrors.NoSuchAddress);
    }

    [Fact]
    public void Playing_needs_a_party_and_a_file()
    {
        Request<PlayMediaRequest>("play media").FindRefusal().ShouldBe(NgErrors.NoParty);
        Request<PlayMediaRequest>("play media", FromTag).FindRefusal().ShouldBe(NgErrors.NoMediaFile);
        Request<PlayMediaRequest>("play media", FromTag, ("db-id", new NgValue(5))).FindRefusal().ShouldBe(NgErrors.Unsupported);
        var play = Request<PlayMediaRequest>("play media", FromTag, ("file", Text("tone.wav")), ("repeat-times", Text("3")), ("flags", List("block-egress")));
        play.FindRefusal().ShouldBeNull();
        play.File.ShouldBe("tone.wav");
        play.RepeatTimes.ShouldBe(3);
        play.Party.Name.ShouldBe("A");
        Request<PlayMediaRequest>("play media", ("flags", List("all"))).Party.By.ShouldBe(PartySelector.All);
        Request<StopMediaRequest>("stop media").FindRefusal().ShouldBe(NgErrors.NoParty);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("blob")]
    [InlineData("blob64")]
    public void A_file_that_is_named_by_nothing_is_none(string key)
    {
        Request<PlayMediaRequest>("play media", FromTag, (key, Text(""))).FindRefusal().ShouldBe(NgErrors.NoMediaFile);
        Request<PlayMediaRequest>("play media", FromTag, (key, new NgValue(5))).FindRefusal().ShouldBe(NgErrors.NoMediaFile);

        string other = key == "blob" ? "file" : "blob";
        var play = Request<PlayMediaRequest>("play media", FromTag, (other, Text("RIFF")), (key, Text("")));
        (play.File ?? System.Text.Encoding.Latin1.GetString(play.Blob!)).ShouldBe("RIFF");
    }

    [Fact]
    public void What_is_played_may_begin_later_last_so_long_or_come_with_the_message()
    {
        var play = Request<PlayMediaRequest>("play media", FromTag, ("file", Text("tone.wav")), ("start-pos", new NgValue(800)), ("repeat-duration", Text("2500")));
        play.StartPosition.ShouldBe(800);
        play.RepeatDuration.ShouldBe(TimeSpan.FromSeconds(2.5));
        play.RepeatTimes.ShouldBeNull("as often as there is time");
        Request<PlayMediaRequest>("play media", FromTag, ("file", Text("tone.wav")), ("start-pos", new NgValue(-1)), ("repeat-duration", new NgValue(0)))
            .ShouldSatisfyAllConditions(
                it => it.StartPosition.ShouldBe(0),
                it => it.RepeatDuration.ShouldBeNull(),
                it => it.RepeatTimes.ShouldBe(1));

        var blob = Request<PlayMediaRequest>("play media", FromTag, ("blob", Text("RIFF\u00ff")));
        blob.FindRefusal().ShouldBeNull();
        blob.Blob.ShouldBe([0x52, 0x49, 0x46, 0x46, 0xff]);
        Request<PlayMediaRequest>("play media", FromTag, ("blob64", Text("UklGRv8="))).Blob.ShouldBe(blob.Blob);
        Request<PlayMediaRequest>("play media", FromTag, ("blob64", Text("?"))).Blob.ShouldBe([]);
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", 0)]
    [InlineData("*", 10)]
    [InlineData("#", 11)]
    [InlineData("A", 12)]
    [InlineData("d", 15)]
    [InlineData("15", 15)]
    [InlineData("16", null)]
    [InlineData("E", null)]
    [InlineData("", null)]
    public void A_digit_is_an_event_of_RFC_4733(string code, int? expected)
    {
        var request = Request<PlayDtmfRequest>("play DTMF", FromTag, ("code", Text(code)));

        request.Event.ShouldBe((byte?)expected);
        request.FindRefusal().ShouldBe(expected is null ? NgErrors.BadDtmfCode : null);
        Request<PlayDtmfRequest>("play DTMF", FromTag, ("digit", Text(code))).Event.ShouldBe((byte?)expected);
    }

    [Fact]
    public void A_digit_has_a_duration_a_pause_and_a_volume()
    {
        var plain = Request<PlayDtmfRequest>("play DTMF", FromTag, ("code", new NgValue(11)));
        plain.ShouldBe(new PlayDtmfRequest("c", new PartySelection(PartySelector.Tag, "A", null), 11) { Command = NgCommand.PlayDtmf });

        var loud = Request<PlayDtmfRequest>(
            "play DTMF", FromTag, ("code", Text("1")), ("duration", Text("50")), ("pause", new NgValue(9_999)), ("volume", new NgValue(-20)));
        loud.Duration.TotalMilliseconds.ShouldBe(100);
        loud.Pause.TotalMilliseconds.ShouldBe(5_000);
        loud.Volume.ShouldBe((byte)20);
        Request<PlayDtmfRequest>("play DTMF", FromTag, ("volume", new NgValue(20))).Volume.ShouldBe((byte)20);
        Request<PlayDtmfRequest>("play DTMF", FromTag, ("volume", new NgValue(long.MinValue))).Volume.ShouldBe((byte)63);
    }

    [Fact]
    public void A_subscription_names_its_sources()
    {
        var one = Request<SubscribeRequest>("subscribe request", FromTag, ("flags", List("siprec")));
        one.Sources.Name.ShouldBe("A");
        one.IsSiprec.ShouldBeTrue();
        one.ToTag.ShouldBeNull();

        Request<SubscribeRequest>("subscribe request", ("from-tags", List("A", "B")), ("flags", List("from-tags-C"))).FromTags.ShouldBe(["A", "B", "C"]);
        Request<SubscribeRequest>("subscribe request", ("flags", List("all"))).FindRefusal().ShouldBeNull();
        Request<SubscribeRequest>("subscribe request").FindRefusal().ShouldBe(NgErrors.NoSubscribedMedia);
        Request<SubscribeAnswerRequest>("subscribe answer").FindRefusal().ShouldBe(NgErrors.NoToTag);
        Request<SubscribeAnswerRequest>("subscribe answer", ("to-tag", Text("T"))).FindRefusal().ShouldBe(NgErrors.NoSdp);
        Request<SubscribeAnswerRequest>("subscribe answer", ("to-tag", Text("T")), ("sdp", Text("v=0"))).FindRefusal().ShouldBeNull();
        Request<UnsubscribeRequest>("unsubscribe").FindRefusal().ShouldBe(NgErrors.NoToTag);
    }

    [Fact]
    public void Forwarding_is_refused() => Request<ForwardingRequest>("start forwarding").FindRefusal().ShouldBe(NgErrors.Unsupported);

    [Fact]
    public void Clients_say_that_they_understand_load_limit()
    {
        (string, NgValue)[] offer = [FromTag, ("sdp", Text("v=0"))];
        Request<OfferRequest>("offer", offer).SupportsLoadLimit.ShouldBeFalse();
        Request<OfferRequest>("offer", [.. offer, ("supports", List("load limit"))]).SupportsLoadLimit.ShouldBeTrue();
    }
}
