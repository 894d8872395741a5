namespace RtpProxy.Media.Tests.Fuzz;

public sealed class FuzzCorpusTests
{
    private delegate void Target(ReadOnlySpan<byte> data);

    [Fact]
    public void Recordings_of_the_corpus_and_their_mutations_are_survived() => Replay("Recording", RecordingFuzz.Fuzz);

    [Fact]
    public void Prompts_of_the_corpus_and_their_mutations_are_survived() => Replay("Prompt", PromptFuzz.Fuzz);

    private static void Replay(string corpus, Target target)
    {
        Random random = new(7);
        string[] paths = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", corpus));
        paths.ShouldNotBeEmpty();
        foreach (string path in paths.Order())
        {
            byte[] seed = File.ReadAllBytes(path);
            target(seed);
            for (int bit = 0; bit < seed.Length * 8; bit++)
            {
                byte[] flipped = [.. seed];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                target(flipped);
            }

            for (int i = 0; i < 500; i++)
            {
                byte[] mutated = [.. seed];
                for (int change = random.Next(2, 8); change > 0; change--)
                {
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                }

                target(mutated.AsSpan(0, random.Next(mutated.Length + 1)));
            }
        }
    }
}
