using RtpProxy.TestKit.Conversations;

namespace RtpProxy.Daemon.Tests.Conversations;

public class GoldenConversationTests(ConversationRuns runs) : IClassFixture<ConversationRuns>
{
    public static TheoryData<string, Transport> Conversations()
    {
        TheoryData<string, Transport> data = [];
        foreach ((Conversation conversation, Transport transport) in ConversationRuns.All)
        {
            data.Add(conversation.Name, transport);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task The_executable_answers_as_recorded(string conversation, Transport transport) =>
        (await runs.ResultOfAsync(conversation, transport)).ShouldBeNull();
}
