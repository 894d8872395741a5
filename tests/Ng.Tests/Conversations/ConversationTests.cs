using RtpProxy.TestKit.Ng;

namespace RtpProxy.Protocols.Ng.Tests.Conversations;

/// <summary>Recorded conversations, from the words to the packets: every reply is the one that is written down (<see cref="NgConversation"/>).</summary>
public sealed class ConversationTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Conversations", "NgCalls");

    /// <summary>They ask for a call that was deleted: the figures that are remembered of it do not go over to another process.</summary>
    private static readonly string[] OfDeletedCalls = ["011-plain-call", "064-delete-forms", "130-delete-delay-default"];

    public static TheoryData<string> Names => new(Directory.GetFiles(Folder, "*.talk").Select(Path.GetFileNameWithoutExtension).Order().Select(name => name!));

    public static TheoryData<string> NamesOfCallsThatGoOn => new(Names.Select(row => row.Data).Except(OfDeletedCalls));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_conversation_is_as_it_is_written_down(string name)
    {
        NgConversation conversation = NgConversation.Read(Path.Combine(Folder, name + ".talk"));

        string retold = Play(conversation, restarts: false);

        // For whoever changed something on purpose, and has looked at each difference.
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "retold")).FullName, name + ".talk");
        File.WriteAllText(file, retold);
        retold.ShouldBe(Written(conversation), $"what was told is in {file}");
    }

    [Theory]
    [MemberData(nameof(NamesOfCallsThatGoOn))]
    public void It_is_the_same_where_workers_go_on_from_snapshots_after_every_step(string name)
    {
        NgConversation conversation = NgConversation.Read(Path.Combine(Folder, name + ".talk"));

        Play(conversation, restarts: true).ShouldBe(Written(conversation));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_said_to_differ_from_the_original_differs(string name)
    {
        foreach (NgConversationStep step in NgConversation.Read(Path.Combine(Folder, name + ".talk")).Steps)
        {
            foreach ((string head, List<string> lines) in step.Others)
            {
                step.Told.ShouldNotBe(lines, $"{step.Head}, {head}");
            }
        }
    }

    private static string Play(NgConversation conversation, bool restarts) =>
        conversation.Retell(new VirtualConversation(conversation.Options, restarts).Play(conversation));

    private static string Written(NgConversation conversation) => conversation.Retell([.. conversation.Steps.Select(step => step.Told)]);
}
