using RtpProxy.Io.Storage;
using RtpProxy.Relay.Playback;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Io.Tests.Files;

/// <summary>Who waits while a file is made into a prompt: here for long, since what is wrong with it cannot be logged.</summary>
public sealed class PromptCrowdTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly HangingLogger _logger = new();
    private readonly List<Thread> _threads = [];
    private readonly PromptLibrary _library;

    public PromptCrowdTests()
    {
        _library = new PromptLibrary(_logger);
    }

    public void Dispose()
    {
        Release();
        _logger.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Other_files_are_read_meanwhile()
    {
        Begin(Broken("broken.wav", 100));
        await Eventually.TrueAsync(() => _logger.Lines == 1, "the file is being converted");
        File.WriteAllBytes(Place("tone.8"), [1, 2, 3]);
        File.WriteAllBytes(Place("tone.wav"), WavBytes.Tone(44_100, 0.5, 700));

        Task others = Task.Run(() =>
        {
            _library.TryOpen(Place("tone"), 8).ShouldNotBeNull();
            Prompt made = _library.TryConvert(Place("tone.wav"), 0).ShouldNotBeNull();
            _library.TryConvert(Place("tone.wav"), 0).ShouldBeSameAs(made);
        });
        await others.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task Who_wants_the_same_waits_for_what_becomes_of_it()
    {
        string file = Broken("broken.wav", 100);
        Begin(file);
        await Eventually.TrueAsync(() => _logger.Lines == 1, "the file is being converted");

        Thread second = Begin(file);
        await Eventually.TrueAsync(() => IsWaiting(second), "it waits");

        _logger.Lines.ShouldBe(1, "nobody else converts it");
        Release();
        _library.TryConvert(file, 8).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_has_changed_meanwhile_is_read_again()
    {
        string file = Broken("tone.wav", 100);
        Begin(file);
        await Eventually.TrueAsync(() => _logger.Lines == 1, "the file is being converted");
        File.WriteAllBytes(file, WavBytes.Tone(8_000, 1, 700));
        Prompt? made = null;
        Thread second = Begin(() => made = _library.TryConvert(file, 0));
        await Eventually.TrueAsync(() => IsWaiting(second), "it waits");

        Release();

        made.ShouldNotBeNull().Milliseconds.ShouldBe(1_000);
    }

    [Fact]
    public async Task Large_files_are_read_a_few_at_a_time()
    {
        const int Few = 2;
        const long Length = PromptLibrary.MaxPromptBytes / 4 / Few; // it takes four times its bytes to convert a file
        for (int i = 0; i < Few; i++)
        {
            Begin(Broken($"{i}.wav", Length));
        }

        await Eventually.TrueAsync(() => _logger.Lines == Few, "they are being converted");
        Thread oneMore = Begin(Broken("more.wav", Length));
        await Eventually.TrueAsync(() => IsWaiting(oneMore), "it waits");

        _logger.Lines.ShouldBe(Few);
        Release();
        _logger.Lines.ShouldBe(Few + 1);
    }

    private static bool IsWaiting(Thread thread) => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

    private string Place(string name) => Path.Combine(_directory.FullName, name);

    private string Broken(string name, long length)
    {
        using FileStream file = File.Create(Place(name));
        file.SetLength(length);
        return file.Name;
    }

    private Thread Begin(string file) => Begin(() => _library.TryConvert(file, 0));

    private Thread Begin(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
        return thread;
    }

    private void Release()
    {
        _logger.Release();
        _threads.ForEach(thread => thread.Join());
    }
}
