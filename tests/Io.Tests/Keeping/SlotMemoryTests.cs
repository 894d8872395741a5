using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>Slots that outlive their process, and what is left of them whenever it dies and whatever becomes of the memory.</summary>
public sealed class SlotMemoryTests : IDisposable
{
    private const uint Content = 0x0203;
    private const int Nowhere = WorkerSlots.Nowhere;

    private readonly SlotMemory _memory = SlotMemory.Create(2, Content);

    private WorkerSlots Slots => _memory[0];

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_slot_holds_the_last_version_written_for_the_next_process()
    {
        int place = Write(7, 1, 300);
        place = Write(7, 2, 310, place);
        Write(8, 9, 20);
        _memory[1].Find(out _).ShouldBeEmpty();

        using SlotMemory next = Reopen();
        FoundSlot[] found = [.. next[0].Find(out int damaged).OrderBy(slot => slot.Owner)];
        damaged.ShouldBe(0);
        found.Select(slot => (slot.Place, slot.Owner)).ShouldBe([(place, 7), (found[1].Place, 8)]);
        next[0].Read(found[0]).ToArray().ShouldBe(Bytes(2, 310));
        next[0].Read(found[1]).ToArray().ShouldBe(Bytes(9, 20));
    }

    [Fact]
    public void A_process_that_crashes_dumps_none_of_it_before_the_next_one_may_begin()
    {
        string[] maps = File.ReadAllLines("/proc/self/smaps");
        int memory = Array.FindLastIndex(maps, line => line.Contains("rtpproxy-sessions", StringComparison.Ordinal));

        // "dd": MADV_DONTDUMP (proc_pid_smaps(5)).
        maps[memory..].First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)).Split(' ').ShouldContain("dd");
    }

    [Fact]
    public void A_slot_that_is_freed_is_nobodys_and_is_used_again()
    {
        int place = Write(7, 1, 300);
        Slots.Free(place);
        Slots.Find(out int damaged).ShouldBeEmpty();
        damaged.ShouldBe(0);
        Write(8, 2, 300).ShouldBe(place);
        Slots.Find(out _).ShouldHaveSingleItem().Owner.ShouldBe(8);
    }

    [Fact]
    public void What_is_new_since_a_version_is_found_alone()
    {
        int place = Write(7, 1, 300);
        Write(8, 1, 300);
        ulong before = Slots.Find(out _).Max(slot => slot.Version);
        Slots.Find(out int damaged, after: before).ShouldBeEmpty();

        Write(7, 2, 310, place);

        FoundSlot found = Slots.Find(out damaged, after: before).ShouldHaveSingleItem();
        damaged.ShouldBe(0);
        Slots.Read(found).ToArray().ShouldBe(Bytes(2, 310));
        Slots.Find(out _).Count.ShouldBe(2);
    }

    [Fact]
    public void A_slot_that_becomes_too_small_moves()
    {
        int place = Nowhere;
        foreach (int length in (int[])[100, 900, 1_100, 5_000, 30_000, 90_000, 4_000])
        {
            int before = place;
            place = Write(7, (byte)length, length, place);
            Slots.Read(Slots.Find(out _).ShouldHaveSingleItem()).ToArray().ShouldBe(Bytes((byte)length, length));
            Write(8, 1, 10, Write(8, 1, 10)); // others are let in where it was
            Slots.Free(Slots.Find(out _).Single(slot => slot.Owner == 8).Place);
            (place == before).ShouldBe(length is 900 or 4_000);
        }

        Slots.Begin(place, 7, 1 << 20).IsEmpty.ShouldBeTrue();
        Slots.Find(out _).ShouldHaveSingleItem().Length.ShouldBe(4_000);
    }

    [Fact]
    public void Ten_thousand_sessions_take_tens_of_megabytes_and_give_them_back()
    {
        long before = Footprint();
        int[] places = [.. Enumerable.Range(1, 10_000).Select(session => Write(session, (byte)session, 1_500))];
        long with = Footprint() - before;
        with.ShouldBeInRange(20L << 20, 40L << 20);
        Array.ForEach(places, Slots.Free);
        (Footprint() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Whatever_was_stored_of_a_version_when_the_process_died_the_slot_holds_that_or_the_one_before()
    {
        int place = Write(7, 1, 200);
        place = Write(7, 2, 210, place);
        byte[] older = Extent();
        Write(7, 3, 205, place);
        byte[] newer = Extent();

        // Up to some byte it is new, or from some byte on: stores may be in any order.
        for (int cut = 0; cut <= 1_024; cut++)
        {
            LastVersionIn([.. newer[..cut], .. older[cut..]]).ShouldBeOneOf<byte>(2, 3);
            LastVersionIn([.. older[..cut], .. newer[cut..]]).ShouldBeOneOf<byte>(2, 3);
        }
    }

    [Fact]
    public void Whatever_was_stored_of_a_first_version_when_the_process_died_there_is_that_or_nothing()
    {
        Write(6, 9, 200, Write(6, 9, 200)); // somebody else's, twice, whose slot is used again
        Slots.Free(Slots.Find(out _).Single().Place);
        byte[] older = Extent();
        Write(7, 3, 205);
        byte[] newer = Extent();
        for (int cut = 0; cut <= 1_024; cut++)
        {
            LastVersionIn([.. newer[..cut], .. older[cut..]]).ShouldBeOneOf<byte>(0, 3);
            LastVersionIn([.. older[..cut], .. newer[cut..]]).ShouldBeOneOf<byte>(0, 3);
        }
    }

    [Fact]
    public void No_flipped_bit_makes_it_hold_something_else()
    {
        Write(7, 2, 210, Write(7, 1, 200));
        byte[] extent = Extent();
        for (int bit = 0; bit < 8 * 2_048; bit++)
        {
            extent[bit / 8] ^= (byte)(1 << (bit % 8));
            LastVersionIn(extent).ShouldBeOneOf<byte>(0, 1, 2);
            extent[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Chance_in_the_whole_memory_does_no_harm()
    {
        var chance = new Random(1);
        for (int session = 1; session < 200; session++)
        {
            Write(session, 1, chance.Next(5_000));
        }

        int all = (int)SlotLayout.ExtentOffset(2, 8);
        for (int round = 0; round < 300; round++)
        {
            int offset = chance.Next(64, all - 100);
            chance.NextBytes(_memory.BytesAt(offset, 1 + chance.Next(100)));
            IReadOnlyList<FoundSlot> found = Slots.Find(out _);
            foreach (FoundSlot slot in found)
            {
                Slots.Read(slot).Length.ShouldBe(slot.Length);
            }

            Slots.Adopt(found);
            Slots.Find(out int damaged).Count.ShouldBe(found.Count);
            damaged.ShouldBe(0);
            _ = _memory.Deaths;
            Slots.Free(Write(1_000, 5, chance.Next(5_000)));
        }
    }

    [Fact]
    public void A_process_goes_on_with_the_slots_that_it_adopts_and_with_no_others()
    {
        int[] places = [.. Enumerable.Range(1, 300).Select(session => Write(session, (byte)session, 500))];
        using SlotMemory next = Reopen();
        next[0].Adopt([.. next[0].Find(out _).Where(slot => slot.Owner % 3 == 0)]);
        next[0].Find(out _).Count.ShouldBe(100);
        Write(next[0], 3, 77, 600, places[2]).ShouldBe(places[2]);
        Write(next[0], 1_001, 78, 600);
        next[0].Find(out _).Count.ShouldBe(101);
        next[0].Read(next[0].Find(out _).Single(slot => slot.Owner == 3)).ToArray().ShouldBe(Bytes(77, 600));
    }

    [Fact]
    public void A_half_that_claims_to_be_the_newest_without_being_valid_is_written_again()
    {
        int place = Write(7, 2, 210, Write(7, 1, 200));
        Slots.Find(out _).Single().Half.ShouldBe(1);
        _memory.BytesAt(SlotLayout.ExtentOffset(2, 0) + SlotLayout.OwnerBytes, 8).Fill(0xFF); // the version of the older half
        Slots.Adopt(Slots.Find(out _));
        for (byte version = 3; version < 6; version++)
        {
            Write(7, version, 200, place);
            Slots.Read(Slots.Find(out _).Single()).ToArray().ShouldBe(Bytes(version, 200));
        }
    }

    [Fact]
    public void Deaths_and_the_end_that_is_near_are_remembered()
    {
        _memory.Deaths.Deaths.ShouldBeEmpty();
        _memory.Deaths = new DeathNotes(5, [new DeathNote(10, [3, 0]), new DeathNote(20, [0, 4])]);
        _memory.IsDraining = true;
        using SlotMemory next = Reopen();
        next.IsDraining.ShouldBeTrue();
        next.Deaths.GaveUpAt.ShouldBe(5);
        next.Deaths.Deaths.Select(death => (death.At, death.UnderWay[0], death.UnderWay[1])).ShouldBe([(10, 3, 0), (20, 0, 4)]);
        next.Deaths = DeathNotes.None;
        _memory.Deaths.Deaths.ShouldBeEmpty();
    }

    [Fact]
    public void Another_version_is_refused_and_said_so()
    {
        SlotMemory.TryOpen(Copy(), content => $"of version {content:X}", out string fault).ShouldBeNull();
        fault.ShouldBe("of version 203");

        _memory.BytesAt(8, 1)[0]++;
        SlotMemory.TryOpen(Copy(), WhyNot, out fault).ShouldBeNull();
        fault.ShouldBe("what has been kept is laid out as of version 2, and only 1 can be read");

        _memory.BytesAt(0, 1)[0]++;
        SlotMemory.TryOpen(Copy(), WhyNot, out fault).ShouldBeNull();
        fault.ShouldBe("what has been kept is something else");
    }

    [Fact]
    public void What_is_no_such_memory_is_refused()
    {
        using var legacies = new Legacies();
        SlotMemory.TryOpen(legacies, WhyNot, out string fault).ShouldBeNull();
        fault.ShouldBe("nothing has been kept");

        legacies.Add(new KeptDescriptors(SlotMemory.Name, [LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM, 0)]));
        SlotMemory.TryOpen(legacies, WhyNot, out fault).ShouldBeNull();
        fault.ShouldBe("what has been kept cannot be read: it is something else");
    }

    private static string WhyNot(uint content) => content == Content ? "" : "of another version";

    private int Write(long owner, byte fill, int length, int place = Nowhere) => Write(Slots, owner, fill, length, place);

    private static int Write(WorkerSlots slots, long owner, byte fill, int length, int place = Nowhere)
    {
        Span<byte> room = slots.Begin(place, owner, 0);
        while (room.Length < length)
        {
            room = slots.Begin(place, owner, room.Length + 1);
        }

        Bytes(fill, length).CopyTo(room);
        return slots.End(length);
    }

    private static byte[] Bytes(byte fill, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, fill);
        return bytes;
    }

    private byte[] Extent() => _memory.BytesAt(SlotLayout.ExtentOffset(2, 0), 2_048).ToArray();

    /// <summary>What fills the slot of owner 7 in a memory whose first extent begins so; 0 for nothing.</summary>
    private byte LastVersionIn(byte[] extent)
    {
        extent.CopyTo(_memory.BytesAt(SlotLayout.ExtentOffset(2, 0), extent.Length));
        FoundSlot[] found = [.. Slots.Find(out _).Where(slot => slot.Owner == 7)];
        if (found.Length == 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> read = Slots.Read(found.ShouldHaveSingleItem());
        read.ToArray().ShouldBe(Bytes(read[0], read.Length));
        return read[0];
    }

    private SlotMemory Reopen()
    {
        SlotMemory? next = SlotMemory.TryOpen(Copy(), WhyNot, out string fault);
        fault.ShouldBeEmpty();
        return next!;
    }

    private FdHandle Copy() => FdHandle.Own(LibC.fcntl(_memory.Descriptor, LibC.F_DUPFD_CLOEXEC, 0));

    /// <summary>Bytes of the memory that take room.</summary>
    private unsafe long Footprint()
    {
        LibC.statx_result status;
        fixed (byte* nothing = "\0"u8)
        {
            LibC.statx(_memory.Descriptor, nothing, LibC.AT_EMPTY_PATH, LibC.STATX_BASIC_STATS, &status).ShouldBe(0);
        }

        return (long)status.stx_blocks * 512;
    }
}
