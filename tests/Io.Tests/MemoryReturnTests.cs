using RtpProxy.Hosting;

namespace RtpProxy.Io.Tests;

/// <summary>When memory is collected, and above all when not (docs/performance.md).</summary>
public sealed class MemoryReturnTests
{
    private const long Megabyte = 1024 * 1024;

    private readonly MemoryReturn _memory;
    private int _sessions;
    private long _packets;
    private long _heap = 5 * Megabyte;
    private int _collected;

    public MemoryReturnTests()
    {
        _memory = new MemoryReturn(() => _sessions, () => _packets, () => _heap, () =>
        {
            _collected++;
            _heap = 6 * Megabyte;
        });
    }

    [Fact]
    public void After_a_flood_it_is_collected_once_the_relay_is_quiet()
    {
        _heap = 40 * Megabyte;
        _packets = 100_000;
        Pass(3_600);
        _collected.ShouldBe(0, "media passes");

        _packets = 200;
        Pass(MemoryReturn.QuietLooks - 1);
        _collected.ShouldBe(0);
        Pass(1);
        _collected.ShouldBe(1);
        Pass(3_600);
        _collected.ShouldBe(1, "there is nothing more to give");
    }

    [Fact]
    public void A_moment_of_quiet_is_not_enough()
    {
        _heap = 40 * Megabyte;
        for (int i = 0; i < 1_000; i++)
        {
            _packets = i % 4 == 0 ? 5_000 : 0;
            Pass(1);
        }

        _collected.ShouldBe(0);
    }

    [Fact]
    public void Little_garbage_is_left_alone()
    {
        _heap += MemoryReturn.WorthwhileBytes - 1;

        Pass(3_600);

        _collected.ShouldBe(0);
    }

    [Fact]
    public void Sessions_that_stay_are_looked_for_once_and_again_when_they_went()
    {
        _heap = 40 * Megabyte;
        var memory = new MemoryReturn(() => _sessions, () => 0, () => _heap, () => _collected++);
        _heap = 80 * Megabyte; // alive: collecting gives nothing back
        _sessions = 5_000;

        for (int i = 0; i < 3_600; i++)
        {
            memory.OnSecond();
        }

        _collected.ShouldBe(1);

        // Dead ones do not show in the size of the heap before it is collected.
        _sessions = 10;
        for (int i = 0; i < MemoryReturn.QuietLooks; i++)
        {
            memory.OnSecond();
        }

        _collected.ShouldBe(2);
    }

    private void Pass(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _memory.OnSecond();
        }
    }
}
