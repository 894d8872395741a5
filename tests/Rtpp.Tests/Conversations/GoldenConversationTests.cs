using System.Globalization;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.Protocols.Rtpp.Tests.Conversations;

/// <summary>
/// The committed conversations themselves: all are there, readable, and true to what the parser alone decides.
/// </summary>
public sealed class GoldenConversationTests
{
    private static readonly IReadOnlyList<Conversation> All = Conversation.LoadAll();

    [Fact]
    public void Every_recorded_row_is_in_a_conversation()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "Conversations");
        HashSet<int> rows = [.. Directory.GetFiles(directory, "*.talk")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => line[2..].Split(':')[0])
            .Where(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        rows.Order().ShouldBe(Enumerable.Range(1, 281));
    }

    [Fact]
    public void Every_conversation_has_a_title_and_something_to_say()
    {
        All.ShouldNotBeEmpty();
        foreach (Conversation conversation in All)
        {
            conversation.Title.ShouldNotBeEmpty(conversation.Name);
            conversation.Steps.OfType<Step.Exchange>().ShouldNotBeEmpty(conversation.Name);
        }
    }

    [Fact]
    public void Whatever_the_parser_refuses_is_refused_with_the_recorded_code()
    {
        int refused = 0;
        foreach (Conversation conversation in All.Where(talk => talk.Framing == Framing.Command))
        {
            BookedParser parser = Parsers.Over(StubAddressBook.FromOptions(conversation.Options));
            foreach (Step.Exchange exchange in conversation.Steps.OfType<Step.Exchange>())
            {
                ErrorCode error = parser.TryParse(exchange.Request, out Command? _);
                if (error != ErrorCode.None)
                {
                    exchange.Reply!.Text.ShouldBe($"E{(int)error}", $"{conversation.Name}.talk, line {exchange.Line}");
                    refused++;
                }
            }
        }

        refused.ShouldBeGreaterThan(70);
    }
}
