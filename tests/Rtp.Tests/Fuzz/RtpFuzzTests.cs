namespace RtpProxy.Rtp.Tests.Fuzz;

public sealed class RtpFuzzTests
{
    public static TheoryData<string> Corpus() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "Rtp")).Order()];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void The_corpus_is_survived(string path)
    {
        RtpFuzz.Fuzz(File.ReadAllBytes(path));
    }

    [Fact]
    public void Mutations_of_the_corpus_are_survived()
    {
        Random random = new(1);
        foreach (string path in Corpus().Select(row => row.Data))
        {
            byte[] seed = File.ReadAllBytes(path);
            for (int i = 0; i < 2_000; i++)
            {
                byte[] mutated = [.. seed];
                for (int change = random.Next(1, 6); change > 0; change--)
                {
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                }

                RtpFuzz.Fuzz(mutated.AsSpan(0, random.Next(mutated.Length + 1)));
            }
        }
    }
}
