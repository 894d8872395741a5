using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Tests.Recorded;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;
using static RtpProxy.Protocols.Ng.Tests.Requests.Reading;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>What a command cannot do without, and what is too much of it (ng protocol, 2.1 and 3.1).</summary>
public sealed class RequiredKeysTests
{
    private static readonly NgValue Long = Text(new string('x', 256));

    [Theory]
    [InlineData("007")]
    [InlineData("008")]
    [InlineData("010")]
    public void What_is_missing_is_told_as_recorded(string conversation)
    {
        // Commands of one version only, and those that are not served yet, are unknown here.
        string[] unserved = ["connect", "mesh", "transform", "create", "create answer", "inject start", "inject stop", "cli"];
        int errors = 0;
        foreach (NgTalkStep step in NgTalk.Read(conversation))
        {
            string command = step.Dictionary["command"].Text!;
            bool isRead = NgRequestReader.TryRead(step.Dictionary, out NgRequest? request, out string? error);
            if (unserved.Contains(command))
            {
                error.ShouldBe(NgErrors.UnknownCommand);
            }
            else if (isRead)
            {
                // It would have been answered like this had there been no such call; or was.
                string expected = request is CallRequest call ? call.FindRefusal() ?? call.UnknownCall : string.Empty;
                bool isUnknownCall = step.ErrorReasons.Any(reason => reason?.StartsWith("Unknown call", StringComparison.Ordinal) == true);
                if (isUnknownCall)
                {
                    // Refusals come after the call was found.
                    step.ErrorReasons.ShouldContain(((CallRequest)request!).UnknownCall, command);
                }
                else
                {
                    step.ErrorReasons.ShouldNotContain(reason => reason != null && reason.Contains("in message"), expected);
                }
            }
            else
            {
                errors++;
                if (error != NgErrors.BadSdp) // an empty body; the two versions differ from each other and from us
                {
                    step.ErrorReasons.ShouldContain(error, command);
                }
            }
        }

        errors.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    public void The_keys_of_an_exchange_are_missed_in_their_order(string command)
    {
        (string, NgValue)[] entries = [("command", Text(command))];
        Error(entries).ShouldBe(NgErrors.NoSdp);
        Error([.. entries, ("sdp", new NgValue(5))]).ShouldBe(NgErrors.NoSdp);
        Error(entries = [.. entries, ("sdp", Text("v=0\r\n"))]).ShouldBe(NgErrors.NoCallId);
        Error(entries = [.. entries, ("call-id", Text(string.Empty))]).ShouldBe(NgErrors.NoFromTag);
        entries = [.. entries, ("from-tag", Text(string.Empty))];
        Error(entries).ShouldBe(command == "answer" ? NgErrors.NoToTag : null);
        Error([.. entries, ("to-tag", Text("B"))]).ShouldBeNull();
    }

    [Theory]
    [InlineData("call-id")]
    [InlineData("from-tag")]
    [InlineData("to-tag")]
    [InlineData("via-branch")]
    [InlineData("label")]
    public void A_name_of_255_bytes_is_taken_and_a_longer_one_refused(string key)
    {
        (string, NgValue)[] rest = [("command", Text("query")), ("call-id", Text("c"))];

        Error([(key, Text(new string('x', 255))), .. rest]).ShouldBeNull();
        Error([(key, Long), .. rest]).ShouldBe(NgErrors.NameTooLong);
    }

    [Theory]
    [InlineData(0, NgErrors.BadSdp)]
    [InlineData(1, null)]
    [InlineData(48 * 1024, null)]
    [InlineData((48 * 1024) + 1, NgErrors.BadSdp)]
    public void A_session_description_has_1_byte_to_48_KiB(int length, string? expected) => Error(
        ("command", Text("offer")), ("call-id", Text("c")), ("from-tag", Text("A")), ("sdp", Text(new string('v', length)))).ShouldBe(expected);

    [Theory]
    [InlineData("query")]
    [InlineData("delete")]
    [InlineData("block media")]
    [InlineData("unsubscribe")]
    public void Who_needs_no_session_description_does_not_look_at_one(string command)
    {
        foreach (int length in (int[])[0, 1, (48 * 1024) + 1])
        {
            Error(("command", Text(command)), ("call-id", Text("c")), ("to-tag", Text("B")), ("sdp", Text(new string('v', length)))).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("query")]
    [InlineData("delete")]
    [InlineData("block media")]
    [InlineData("play DTMF")]
    [InlineData("subscribe answer")]
    [InlineData("start forwarding")]
    public void Every_command_on_a_call_needs_its_name(string command) => Error(("command", Text(command))).ShouldBe(NgErrors.NoCallId);

    [Theory]
    [InlineData("PING")]
    [InlineData("")]
    [InlineData("start-recording")]
    [InlineData("rollback")]
    [InlineData("connect")]
    public void Any_other_command_is_unknown(string command) => Error(("command", Text(command))).ShouldBe(NgErrors.UnknownCommand);

    [Fact]
    public void Every_served_command_is_read_and_named()
    {
        foreach (NgCommand command in Enum.GetValues<NgCommand>())
        {
            NgRequest request = Request(command.Name(), ("sdp", Text("v=0")), ("from-tag", Text("A")), ("to-tag", Text("B")));
            request.Command.ShouldBe(command);
        }

        NgCommandNames.Count.ShouldBe(Enum.GetValues<NgCommand>().Length);
    }
}
