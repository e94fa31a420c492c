//! The search: each part is looked at once, and parts that ways share are told by their keys.

use super::spots::{Side, Spot, Spots};
use super::ways::{Part, Way, Ways};
use super::{BUDGET, DEEPEST, MANY};
use crate::order::seam::Judge;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Blocks of a page whose seams are kept in a table, a number for each pair: one megabyte at most.
const KEPT: usize = 512;

/// What is known of a part that was looked at.
#[derive(Debug, Clone)]
struct Node {
    /// The sum of the seams of its best order, less what its cuts cost.
    sum: f32,
    /// Its first and its last block.
    first: u32,
    last: u32,
    order: Order,
}

/// The best order of a part.
#[derive(Debug, Clone)]
enum Order {
    /// The orders of these of [`Search::children`], one after the other.
    Of(Range<usize>),
    /// These of [`Search::columns`].
    Blocks(Range<usize>),
}

/// Where the three lists of a part stand on the stack, one behind the other.
#[derive(Debug, Clone, Copy)]
struct Slot {
    at: usize,
    blocks: usize,
}

impl Slot {
    fn list(self, n: usize) -> Range<usize> {
        self.at + n * self.blocks..self.at + (n + 1) * self.blocks
    }

    fn part(self, stack: &[u32]) -> Part<'_> {
        let list = |side: Side| &stack[self.list(side as usize)];
        Part { by_left: list(Side::Left), by_right: list(Side::Right), by_core: list(Side::Core) }
    }
}

/// A piece of a part that a way cuts.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    key: u128,
    blocks: usize,
    /// Where it stands on the stack, if it was not looked at before.
    at: Option<usize>,
}

/// What looking at one part needs. It is used again for other parts.
#[derive(Debug, Default)]
struct Desk {
    ways: Ways,
    pieces: Vec<Piece>,
    nodes: Vec<u32>,
    best: Vec<u32>,
}

/// The search through the parts of one page.
pub(super) struct Search<'a> {
    judge: &'a Judge<'a>,
    spots: &'a Spots,
    /// The bits of each seam that was asked for; 0 where it was not.
    seams: Vec<u32>,
    known: HashMap<u128, u32, BuildHasherDefault<KeyHasher>>,
    nodes: Vec<Node>,
    children: Vec<u32>,
    columns: Vec<u32>,
    stack: Vec<u32>,
    /// The piece of each block in the way at hand.
    piece_of: Vec<u16>,
    desks: Vec<Desk>,
}

impl<'a> Search<'a> {
    pub fn new(judge: &'a Judge<'a>, spots: &'a Spots) -> Search<'a> {
        let n = spots.len();
        Search {
            judge,
            spots,
            seams: if n <= KEPT { vec![0; n * n] } else { Vec::new() },
            known: HashMap::default(),
            nodes: Vec::new(),
            children: Vec::new(),
            columns: Vec::new(),
            stack: Vec::new(),
            piece_of: vec![0; n],
            desks: Vec::new(),
        }
    }

    /// The best order of some blocks.
    pub fn order(&mut self, blocks: &[u32]) -> Vec<u32> {
        if blocks.is_empty() {
            return Vec::new();
        }
        let slot = Slot { at: self.stack.len(), blocks: blocks.len() };
        for side in Side::ALL {
            self.stack.extend(self.spots.sorted(blocks, side));
        }
        let key = blocks.iter().fold(0, |key, &block| key ^ self.spots.block(block).key);
        let node = self.best(key, slot, 0, self.nodes.len() + BUDGET);
        let mut order = Vec::with_capacity(blocks.len());
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &self.nodes[node as usize].order {
                Order::Of(range) => open.extend(self.children[range.clone()].iter().rev()),
                Order::Blocks(range) => order.extend(&self.columns[range.clone()]),
            }
        }
        order
    }

    /// The best order of a part. Once so many parts as `limit` are known, no others are looked for.
    fn best(&mut self, key: u128, slot: Slot, depth: usize, limit: usize) -> u32 {
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let node = self.cut(slot, depth, limit);
        let number = self.nodes.len() as u32;
        self.nodes.push(node);
        self.known.insert(key, number);
        number
    }

    fn cut(&mut self, slot: Slot, depth: usize, limit: usize) -> Node {
        if depth >= DEEPEST || self.is_column(slot) {
            return self.down(slot);
        }
        let poor = self.nodes.len() >= limit || slot.blocks > MANY;
        let mut desk = self.desks.pop().unwrap_or_default();
        desk.ways.find(self.spots, slot.part(&self.stack), poor);
        let mut best: Option<f32> = None;
        for n in 0..desk.ways.ways.len() {
            let way = desk.ways.ways[n];
            let known = self.nodes.len();
            let share = known + limit.saturating_sub(known) / (desk.ways.ways.len() - n);
            let sum = self.join(way, slot, depth, share, &mut desk) - way.cost();
            if best.is_none_or(|best| sum > best) {
                best = Some(sum);
                std::mem::swap(&mut desk.nodes, &mut desk.best);
            }
        }
        let node = match best {
            Some(sum) => self.node(sum, &desk.best),
            None => self.down(slot),
        };
        self.desks.push(desk);
        node
    }

    /// A part that is made of others.
    fn node(&mut self, sum: f32, of: &[u32]) -> Node {
        let from = self.children.len();
        self.children.extend(of);
        let node = |number: Option<&u32>| &self.nodes[number.copied().unwrap_or_default() as usize];
        Node {
            sum,
            first: node(of.first()).first,
            last: node(of.last()).last,
            order: Order::Of(from..self.children.len()),
        }
    }

    /// The sum of the seams if a part is cut in one way. The nodes of the pieces are on the desk then.
    fn join(&mut self, way: Way, slot: Slot, depth: usize, limit: usize, desk: &mut Desk) -> f32 {
        let mark = self.stack.len();
        self.part(way, slot, desk);
        desk.nodes.clear();
        let mut sum = 0.0;
        let mut last: Option<u32> = None;
        for piece in desk.pieces.iter().filter(|piece| piece.blocks > 0) {
            let slot = Slot { at: piece.at.unwrap_or_default(), blocks: piece.blocks };
            let node = self.best(piece.key, slot, depth + 1, limit);
            let of = &self.nodes[node as usize];
            let (first, end, own) = (of.first, of.last, of.sum);
            if let Some(last) = last {
                sum += self.seam(last, first);
            }
            sum += own;
            last = Some(end);
            desk.nodes.push(node);
        }
        self.stack.truncate(mark);
        sum
    }

    /// Cuts a part in one way, and puts the pieces that are new on the stack.
    fn part(&mut self, way: Way, slot: Slot, desk: &mut Desk) {
        desk.pieces.clear();
        desk.pieces.resize(way.pieces(&desk.ways.gutters), Piece::default());
        for &block in &self.stack[slot.list(0)] {
            let spot = self.spots.block(block);
            let n = way.piece(spot, &desk.ways.gutters);
            self.piece_of[block as usize] = n as u16;
            desk.pieces[n].key ^= spot.key;
            desk.pieces[n].blocks += 1;
        }
        for (n, piece) in desk.pieces.iter_mut().enumerate() {
            if piece.blocks == 0 || self.known.contains_key(&piece.key) {
                continue;
            }
            piece.at = Some(self.stack.len());
            for at in slot.list(0).start..slot.list(2).end {
                let block = self.stack[at];
                if self.piece_of[block as usize] == n as u16 {
                    self.stack.push(block);
                }
            }
        }
    }

    /// Whether no two blocks stand side by side.
    fn is_column(&self, slot: Slot) -> bool {
        let mut deepest: Option<&Spot> = None;
        let apart = |a: &Spot, b: &Spot| !a.beside(b) || a.overlap(b) > 0.6;
        self.spots.blocks(slot.part(&self.stack).by_core).all(|spot| {
            let is_below = deepest.is_none_or(|above| apart(above, spot));
            deepest = deepest.filter(|above| above.core.1 > spot.core.1).or(Some(spot));
            is_below
        })
    }

    /// From top to bottom, in one height from left to right, upright rows from right to left. Pieces of a line that runs
    /// downwards are read downwards, whatever stands beside them.
    fn down(&mut self, slot: Slot) -> Node {
        let from = self.columns.len();
        let spots = self.spots;
        let spot = |block: u32| spots.block(block);
        self.columns.extend(slot.part(&self.stack).by_core);
        let order = &mut self.columns[from..];
        let left = |a: u32, b: u32| spot(a).left.total_cmp(&spot(b).left).then(a.cmp(&b));
        if order.iter().filter(|&&block| spot(block).vertical).count() * 2 > order.len() {
            let right_to_left = |a: u32, b: u32| spot(b).right.total_cmp(&spot(a).right);
            order.sort_by(|&a, &b| right_to_left(a, b).then(spot(a).top.total_cmp(&spot(b).top)).then(a.cmp(&b)));
        } else {
            let mut first = 0;
            for to in 1..=order.len() {
                if to == order.len() || !spot(order[first]).beside(spot(order[to])) {
                    order[first..to].sort_by(|&a, &b| left(a, b));
                    let runs_downwards = |a: &u32, b: &u32| spot(*a).is_above_or_below(spot(*b));
                    for line in order[first..to].chunk_by_mut(runs_downwards) {
                        line.sort_by(|&a, &b| spot(a).core.0.total_cmp(&spot(b).core.0).then(a.cmp(&b)));
                    }
                    first = to;
                }
            }
        }
        let to = self.columns.len();
        let mut sum = 0.0;
        for at in from + 1..to {
            sum += self.seam(self.columns[at - 1], self.columns[at]);
        }
        Node { sum, first: self.columns[from], last: self.columns[to - 1], order: Order::Blocks(from..to) }
    }

    /// How well one block reads after another.
    fn seam(&mut self, a: u32, b: u32) -> f32 {
        let at = a as usize * self.spots.len() + b as usize;
        match self.seams.get(at) {
            Some(0) => {
                let seam = self.judge.seam(self.spots.block(a).last, self.spots.block(b).first);
                self.seams[at] = seam.to_bits();
                seam
            }
            Some(&bits) => f32::from_bits(bits),
            None => self.judge.seam(self.spots.block(a).last, self.spots.block(b).first),
        }
    }
}

/// Keys are as good as chance, so they are their own hash.
#[derive(Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }
}
