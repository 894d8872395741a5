namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>Replays the committed corpus of whole conversations, whole, cut short, and nearly right.</summary>
public sealed class FrontCorpusTests
{
    private const int MutationsPerFile = 80;
    private const int Cuts = 20;

    public static TheoryData<string> Files => new(Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "Front"))
        .Select(file => Path.GetFileName(file))
        .Order());

    [Theory]
    [MemberData(nameof(Files))]
    public void Conversations_of_the_corpus_leave_nothing_behind(string file)
    {
        byte[] data = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "Front", file));
        FrontTarget.Fuzz(data);
        FrontTarget.Fuzz(data, restarts: true);
        for (int cut = 0; cut < Cuts; cut++)
        {
            FrontTarget.Fuzz(data.AsSpan(0, data.Length * cut / Cuts));
        }

        // The same mutations in every run: a failure can be seen again.
        var random = new Random(data.Length);
        for (int i = 0; i < MutationsPerFile; i++)
        {
            FrontTarget.Fuzz(RequestMutations.Mutate(data, random), restarts: i % 10 == 0);
        }
    }
}
